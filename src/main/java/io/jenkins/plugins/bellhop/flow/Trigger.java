package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.delivery.DeliveryId;
import io.jenkins.plugins.bellhop.event.Event;

/**
 * What a build goes back to: the delivery, what happened, and through which connection Jenkins heard of it.
 *
 * @param arrival of the delivery; arrivals compare as texts, the later one is greater
 */
public record Trigger(Source source, DeliveryId delivery, Event event, String arrival) {}
