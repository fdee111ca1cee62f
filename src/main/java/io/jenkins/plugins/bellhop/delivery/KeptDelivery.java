package io.jenkins.plugins.bellhop.delivery;

import java.time.Instant;

/**
 * What is known of a kept delivery without reading it.
 *
 * @param event the forge's name of the event, such as {@code push}
 * @param size bytes on disk, a little more than the body has
 */
public record KeptDelivery(String hookId, DeliveryId id, String event, Instant storedAt, long size) {}
