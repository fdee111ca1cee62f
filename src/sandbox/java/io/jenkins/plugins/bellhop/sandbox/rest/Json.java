package io.jenkins.plugins.bellhop.sandbox.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Building, reading and writing JSON. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TYPE = "application/json; charset=utf-8";

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array(Collection<? extends JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    public static ArrayNode texts(Collection<String> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        return array;
    }

    public static String time(Instant instant) {
        return instant.toString();
    }

    public static String time(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }

    public static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer that says this. */
    public static Answer answer(int status, JsonNode json) {
        return new Answer(status, Map.of("Content-Type", TYPE), bytes(json));
    }

    /** An object; an absent body counts as one without members. */
    public static Optional<ObjectNode> read(byte[] body) {
        try {
            JsonNode node = body.length == 0 ? object() : MAPPER.readTree(body);
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
