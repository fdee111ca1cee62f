package io.jenkins.plugins.bellhop.forge;

import java.time.Instant;
import java.util.Optional;

/**
 * The forge did not do what was asked. The message is a sentence for people: what was tried, what the forge answered, and
 * what to do. Never contains a credential.
 */
public final class ForgeFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Optional<Instant> retryAt;

    public ForgeFailure(Kind kind, String sentence) {
        this(kind, sentence, Optional.empty());
    }

    public ForgeFailure(Kind kind, String sentence, Optional<Instant> retryAt) {
        super(sentence);
        this.kind = kind;
        this.retryAt = retryAt;
    }

    public Kind kind() {
        return kind;
    }

    /** When it is worth trying again; known when the forge limits its rate. */
    public Optional<Instant> retryAt() {
        return retryAt == null ? Optional.empty() : retryAt;
    }

    /** Whether the same call may go through later without anybody changing anything. */
    public boolean mayPass() {
        return kind == Kind.UNREACHABLE || kind == Kind.FORGE_ERROR || kind == Kind.RATE_LIMITED;
    }

    /** The kinds of failure that callers treat differently. */
    public enum Kind {
        NOT_AUTHENTICATED,
        NOT_PERMITTED,
        NOT_FOUND,
        DEPLOY_KEYS_FORBIDDEN,
        KEY_IN_USE,
        KEY_REFUSED,
        REFUSED,
        RATE_LIMITED,
        UNREACHABLE,
        FORGE_ERROR,
        UNREADABLE_ANSWER
    }
}
