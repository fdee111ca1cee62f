package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.net.URI;

/** The link of a status, where the forge takes none without. */
public final class StatusLink {

    private StatusLink() {}

    /**
     * A link that is too long for the forge leads to Jenkins' front page instead.
     *
     * @param longest characters
     * @throws ForgeFailure saying what to set when the status leads nowhere
     */
    public static String of(CommitStatus status, int longest, Need need) throws ForgeFailure {
        if (status.target().isEmpty()) {
            throw new ForgeFailure(
                    Kind.REFUSED,
                    "Could not " + need.action() + ": Bitbucket takes no status without a link, and Jenkins' own URL is"
                            + " not set (Manage Jenkins, System, Jenkins Location).");
        }
        URI target = status.target().get();
        return target.toString().length() <= longest
                ? target.toString()
                : target.resolve("/").toString();
    }
}
