package io.jenkins.plugins.bellhop.moving;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.Optional;
import java.util.function.Function;

/** What Bellhop would do with a job, in a sentence. */
public sealed interface Proposal {

    String sentence();

    <T> T match(Function<Connecting, T> connecting, Function<Hindered, T> hindered);

    /** It can be connected. */
    default Optional<Connecting> connecting() {
        return match(Optional::of, hindered -> Optional.empty());
    }

    /**
     * The job gets the section with this remote, everything else as it is by default.
     *
     * @param joins whether the repository has a connection already
     */
    record Connecting(RemoteUrl remote, ForgeRepository repository, boolean joins) implements Proposal {

        @Override
        public String sentence() {
            return joins
                    ? "It joins the connection of " + repository + ": the deploy key and the webhook that are there."
                    : "A new connection to " + repository + ": a read-only deploy key and a webhook.";
        }

        @Override
        public <T> T match(Function<Connecting, T> connecting, Function<Hindered, T> hindered) {
            return connecting.apply(this);
        }
    }

    /** It can't, for this reason. */
    record Hindered(String sentence) implements Proposal {

        @Override
        public <T> T match(Function<Connecting, T> connecting, Function<Hindered, T> hindered) {
            return hindered.apply(this);
        }
    }
}
