package io.jenkins.plugins.bellhop.forge;

import java.time.Instant;

/**
 * A delivery that the forge could not make, as its own list shows it.
 *
 * @param id the one that the delivery itself would have told
 * @param event the forge's name of the event
 * @param outcome the forge's word for what went wrong
 */
public record FailedDelivery(String id, String event, Instant at, String outcome) {}
