package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A delivery after the attempt. {@code status} is what the receiver answered; for an attempt without an answer it is
 * the code that GitHub lists for it (502 not connected, 504 timed out) and {@code answered} is false.
 */
public record SentDelivery(
        long id,
        long repositoryId,
        long hookId,
        String url,
        Message message,
        Parcel parcel,
        boolean redelivery,
        Instant sentAt,
        Duration duration,
        int status,
        boolean answered,
        String answer) {

    /** The id of the event: the same for every hook that hears of it, and for its redeliveries. */
    public String guid() {
        return message.guid();
    }

    public String event() {
        return message.event();
    }

    public String action() {
        return message.action();
    }

    public Map<String, String> headers() {
        return parcel.headers();
    }

    /** The exact bytes that were signed and sent. */
    public byte[] body() {
        return parcel.body();
    }

    public boolean accepted() {
        return answered && status >= 200 && status < 300;
    }
}
