package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;

/** The link of a status, where the forge takes none without. */
public final class StatusLink {

    private StatusLink() {}

    /** @throws ForgeFailure saying what to set when the status leads nowhere */
    public static String of(CommitStatus status, Need need) throws ForgeFailure {
        if (status.target().isEmpty()) {
            throw new ForgeFailure(
                    Kind.REFUSED,
                    "Could not " + need.action() + ": Bitbucket takes no status without a link, and Jenkins' own URL is"
                            + " not set (Manage Jenkins, System, Jenkins Location).");
        }
        return status.target().get().toString();
    }
}
