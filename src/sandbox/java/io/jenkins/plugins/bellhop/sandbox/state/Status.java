package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;

/**
 * A result reported for a commit. {@code name}, {@code ref}, {@code description} and {@code targetUrl} may be empty.
 *
 * @param context what tells the results of one commit apart; a key, in other forges' words
 */
public record Status(
        long id,
        String sha,
        String state,
        String context,
        String name,
        String ref,
        String description,
        String targetUrl,
        String creator,
        Instant createdAt) {}
