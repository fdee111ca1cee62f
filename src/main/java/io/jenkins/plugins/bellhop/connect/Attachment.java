package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;

/**
 * A repository that a shared key is for.
 *
 * @param sshUrl where git reaches it over SSH
 */
public record Attachment(RepositoryId repository, String sshUrl, State state) {

    /** How far it has come. */
    public enum State {
        /** Git read it with the key, the last time it tried: builds get the key. */
        OPEN,
        /** Git could not read it, the last time it tried: builds get the repository's own key. */
        CLOSED,
        /** The key comes or goes: it may be at the forge, and is to be removed there. */
        LEAVING
    }

    Attachment in(State other) {
        return new Attachment(repository, sshUrl, other);
    }
}
