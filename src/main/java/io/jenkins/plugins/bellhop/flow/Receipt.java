package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.delivery.Refusal;

/**
 * The answer to a webhook request. It names no job and no repository: whoever asks may be anybody.
 *
 * @param httpStatus the status to answer with
 * @param sentence one line for the forge's list of deliveries
 */
public record Receipt(int httpStatus, String sentence) {

    static final Receipt ACCEPTED = new Receipt(202, "Accepted.");
    static final Receipt REPEATED = new Receipt(202, "Accepted; this delivery was here before.");

    static final Receipt PONG = new Receipt(200, "Reached. An unsigned test has no other effect.");

    static Receipt refused(Refusal refusal) {
        return new Receipt(refusal.reason().httpStatus(), "Refused: " + refusal.sentence() + ".");
    }

    public boolean isAccepted() {
        return httpStatus / 100 == 2;
    }
}
