package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.Forge;
import java.util.List;

/**
 * Where a hook's deliveries come from.
 *
 * @param liveSecrets any of which may have signed; more than one while they are being changed over
 */
public record Source(Connection connection, Forge forge, List<Secret> liveSecrets) {}
