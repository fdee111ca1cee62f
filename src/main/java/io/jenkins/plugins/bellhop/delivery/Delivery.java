package io.jenkins.plugins.bellhop.delivery;

/**
 * One request of a webhook as it arrived: nothing in it is believed yet.
 *
 * @param hookId the last part of the hook's own URL
 * @param body the bytes that the forge signed, see {@link Body}
 */
public record Delivery(String hookId, Headers headers, byte[] body) {

    @Override
    public String toString() {
        return "delivery for hook " + hookId + " of " + body.length + " bytes";
    }
}
