package io.jenkins.plugins.bellhop.forge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.bellhop.delivery.Body;
import io.jenkins.plugins.bellhop.event.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a JSON document from outside, which knows its own path: every complaint says where, what was expected, and
 * what was found.
 */
public final class Json {

    /** Levels of nesting; real payloads have fewer than ten. */
    public static final int DEEPEST = 256;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Body.LARGEST)
                            .maxDocumentLength(Body.LARGEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode node;
    private final String path;

    private Json(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    public static Json parse(byte[] document) throws UnreadablePayload {
        try {
            JsonNode root = MAPPER.readTree(document);
            if (root == null || root.isMissingNode()) {
                throw new UnreadablePayload("$", "expected JSON, found nothing");
            }
            return new Json(root, "$");
        } catch (JsonProcessingException e) {
            throw new UnreadablePayload(
                    "$",
                    "expected well-formed JSON of at most " + DEEPEST + " levels, found a fault"
                            + placeOf(e.getLocation()));
        } catch (IOException e) {
            throw new UnreadablePayload("$", "expected JSON in UTF-8, found other bytes");
        }
    }

    /** Jackson's own message repeats the source, which may be a secret that landed in the wrong place. */
    private static String placeOf(JsonLocation location) {
        return location == null ? "" : " in line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The member of this name, which must be there and not null. */
    public Json at(String member) throws UnreadablePayload {
        Optional<Json> found = find(member);
        if (found.isEmpty()) {
            throw new UnreadablePayload(path + "." + member, "expected a value, found none");
        }
        return found.get();
    }

    /** The member of this name; absent as well when it is null. */
    public Optional<Json> find(String member) throws UnreadablePayload {
        if (!node.isObject()) {
            throw unlike("an object");
        }
        JsonNode value = node.get(member);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(new Json(value, path + "." + member));
    }

    /** The member's text; absent when the member is missing or null. */
    public Optional<String> findText(String member) throws UnreadablePayload {
        Optional<Json> found = find(member);
        return found.isPresent() ? Optional.of(found.get().text()) : Optional.empty();
    }

    /** The member's value; false when it is missing or null. */
    public boolean flag(String member) throws UnreadablePayload {
        Optional<Json> found = find(member);
        return found.isPresent() && found.get().flag();
    }

    public String text() throws UnreadablePayload {
        if (!node.isTextual()) {
            throw unlike("a text");
        }
        return node.textValue();
    }

    public long number() throws UnreadablePayload {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw unlike("a whole number");
        }
        return node.longValue();
    }

    public boolean flag() throws UnreadablePayload {
        if (!node.isBoolean()) {
            throw unlike("true or false");
        }
        return node.booleanValue();
    }

    public List<Json> items() throws UnreadablePayload {
        if (!node.isArray()) {
            throw unlike("a list");
        }
        List<Json> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(new Json(node.get(i), path + "[" + i + "]"));
        }
        return items;
    }

    /** Makes a value of this place's text; what its constructor complains about is the payload's fault. */
    public <T> T as(Made<T> made) throws UnreadablePayload {
        try {
            return made.from(text());
        } catch (IllegalArgumentException e) {
            throw new UnreadablePayload(path, e.getMessage());
        }
    }

    public String path() {
        return path;
    }

    public UnreadablePayload unlike(String expected) {
        String found = node.isValueNode() ? Quoted.text(node.asText()) : node.isArray() ? "a list" : "an object";
        return new UnreadablePayload(path, "expected " + expected + ", found " + found);
    }

    /** A constructor or factory that takes text and complains with {@link IllegalArgumentException}. */
    @FunctionalInterface
    public interface Made<T> {
        T from(String text);
    }
}
