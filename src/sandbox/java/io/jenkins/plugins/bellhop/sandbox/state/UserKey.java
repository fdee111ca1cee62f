package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;

/** A key that opens whatever its account may open. */
public record UserKey(long id, SshPublicKey key, String title, Instant createdAt) {}
