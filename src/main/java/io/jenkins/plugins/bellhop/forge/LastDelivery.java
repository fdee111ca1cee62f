package io.jenkins.plugins.bellhop.forge;

import java.time.Instant;

/**
 * What a webhook sent last, as the forge tells it.
 *
 * @param accepted whether Jenkins answered that all is well
 * @param outcome in the forge's words
 */
public record LastDelivery(Instant at, boolean accepted, String outcome) {}
