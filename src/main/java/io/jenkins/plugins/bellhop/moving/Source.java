package io.jenkins.plugins.bellhop.moving;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where a job's sources come from, as its configuration says. */
public sealed interface Source {

    <T> T match(Function<Git, T> git, Function<Elsewhere, T> elsewhere);

    /** The job's own Git configuration, or that from which its Pipeline script comes. */
    record Git(List<Remote> remotes) implements Source {

        public Git {
            remotes = List.copyOf(remotes);
        }

        @Override
        public <T> T match(Function<Git, T> git, Function<Elsewhere, T> elsewhere) {
            return git.apply(this);
        }
    }

    /** Where no one remote is to be read. */
    enum Elsewhere implements Source {
        SCRIPT(
                "Its Pipeline script says what it checks out, and Bellhop doesn't read scripts. Fill in the section in the"
                        + " job's configuration."),
        NO_GIT("It has no Git configuration. Fill in the section in the job's configuration."),
        GIT_BRANCHES("A multibranch project: fill in the section in its own configuration."),
        UNREADABLE("Its configuration can't be read; the log of Jenkins says why."),
        OTHER_BRANCHES("The branch source of another plugin: it stays as it is."),
        ORGANIZATION("An organisation folder: choose an API credential in its own configuration, and its projects are"
                + " connected, new ones too.");

        private final String sentence;

        Elsewhere(String sentence) {
            this.sentence = sentence;
        }

        /** Why its repository isn't known, and what to do. */
        public String sentence() {
            return sentence;
        }

        @Override
        public <T> T match(Function<Git, T> git, Function<Elsewhere, T> elsewhere) {
            return elsewhere.apply(this);
        }
    }

    /**
     * One remote.
     *
     * @param url as it was written; may hold a password
     * @param credentialsId of the credential that Git gets; empty for none
     */
    record Remote(String url, String credentialsId) {

        /** @throws IllegalArgumentException saying what was expected, and no password */
        RemoteUrl parsed() {
            return RemoteUrl.parse(url.trim()).withoutCredentials();
        }

        /** Without user and password; empty when it can't be read. */
        Optional<String> address() {
            try {
                return Optional.of(parsed().text());
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return "Remote[" + credentialsId + "]";
        }
    }
}
