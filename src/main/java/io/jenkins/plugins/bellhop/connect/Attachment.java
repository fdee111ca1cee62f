package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.util.Optional;

/**
 * A repository that a shared key is for.
 *
 * @param sshUrl where git reaches it over SSH
 * @param failure why it is closed; empty where it isn't, or where nobody knows
 */
public record Attachment(RepositoryId repository, String sshUrl, State state, Optional<String> failure) {

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
        return new Attachment(repository, sshUrl, other, Optional.empty());
    }

    /** @param why git can't read it, or the forge doesn't know it */
    Attachment closed(String why) {
        return new Attachment(repository, sshUrl, State.CLOSED, Optional.of(why));
    }
}
