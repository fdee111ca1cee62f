package io.jenkins.plugins.bellhop.delivery;

import java.time.Instant;

/**
 * What is known of a stored delivery without reading it.
 *
 * @param event the forge's name of the event, such as {@code push}; of a very long one the beginning
 * @param size bytes on disk, a little more than the body has
 */
public record KeptDelivery(String hookId, DeliveryId id, String event, Instant storedAt, long size) {

    /** Characters of an event's name that are kept in memory, far more than any forge's has. */
    static final int LONGEST_EVENT = 100;

    public KeptDelivery {
        event = event.substring(0, Math.min(event.length(), LONGEST_EVENT));
    }
}
