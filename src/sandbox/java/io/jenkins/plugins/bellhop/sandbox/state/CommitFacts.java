package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.OffsetDateTime;
import java.util.List;

/** A commit as webhooks and REST answers describe it. */
public record CommitFacts(
        String sha,
        String tree,
        List<String> parents,
        String message,
        OffsetDateTime time,
        String authorName,
        String authorEmail,
        List<String> added,
        List<String> modified,
        List<String> removed) {}
