package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.delivery.Secret;
import java.time.Instant;

/**
 * A webhook secret that the forge signed with before.
 *
 * @param since when the forge took another one; deliveries sent before are still on their way
 */
public record FormerSecret(Secret secret, Instant since) {}
