package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import java.time.Instant;

/**
 * A key that may still be at the forge, although no build is given it any more.
 *
 * @param since when the last build may have been given it
 */
public record RetiredKey(OpenSshPublicKey publicKey, Instant since) {}
