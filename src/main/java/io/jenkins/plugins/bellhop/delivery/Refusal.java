package io.jenkins.plugins.bellhop.delivery;

/**
 * Why a request is not taken. The sentence says what was expected and what was found, never a computed signature, and
 * never which jobs or repositories exist.
 */
public record Refusal(Reason reason, String sentence) {

    /** The kinds of refusal, each with the HTTP status that answers it. */
    public enum Reason {
        UNKNOWN_HOOK(404),
        NOT_SIGNED(401),
        WRONG_SIGNATURE(401),
        NO_DELIVERY_ID(400),
        NO_EVENT(400),
        UNREADABLE_BODY(400),
        TOO_LARGE(413),
        UNSUPPORTED_ENCODING(415),
        UNSUPPORTED_CONTENT_TYPE(415),
        SPOOL_BUSY(503),
        SPOOL_FULL(503),
        SPOOL_BROKEN(503);

        private final int httpStatus;

        Reason(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        public int httpStatus() {
            return httpStatus;
        }
    }
}
