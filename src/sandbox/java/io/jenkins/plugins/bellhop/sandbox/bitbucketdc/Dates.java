package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Dates as this installation writes them: milliseconds, or text on some. */
record Dates(Installation installation) {

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx").withZone(ZoneOffset.UTC);

    JsonNode of(Instant instant) {
        return installation.isoDates() ? TextNode.valueOf(text(instant)) : LongNode.valueOf(instant.toEpochMilli());
    }

    /** As the date of an event is written everywhere. */
    static String text(Instant instant) {
        return TEXT.format(instant);
    }
}
