package io.jenkins.plugins.bellhop.forge;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as forges write them. What is merely shown to people may be missing: an odd spelling is no failure. */
public final class Moment {

    private Moment() {}

    /** A time in ISO 8601 with an offset. */
    public static Optional<Instant> read(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
