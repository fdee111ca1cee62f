package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;

/** A result reported for a commit; {@code description} and {@code targetUrl} may be empty. */
public record Status(
        long id,
        String sha,
        String state,
        String context,
        String description,
        String targetUrl,
        String creator,
        Instant createdAt) {}
