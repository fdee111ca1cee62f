package io.jenkins.plugins.bellhop.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One method on one path template of a description. */
record Operation(Description description, String method, String template, JsonNode json) {

    /** Deeper than any schema nests before it repeats itself. */
    private static final int DEEPEST = 12;

    @Override
    public String toString() {
        return method + " " + template;
    }

    Set<String> queryParameters() {
        Set<String> names = new TreeSet<>();
        Stream.of(json.path("parameters"), description.item(template).path("parameters"))
                .forEach(list -> list.forEach(entry -> {
                    JsonNode parameter = description.resolved(entry);
                    if (parameter.path("in").asText().equals("query")) {
                        names.add(parameter.path("name").asText());
                    }
                }));
        return names;
    }

    /** The members of a request's body that its schema doesn't name, as paths such as {@code config.secret}. */
    List<String> unnamedIn(JsonNode body) {
        return unnamed(body, schemas(json.path("requestBody")), "");
    }

    /** The members of an answer that its schema doesn't name; none where the description has no schema for it. */
    List<String> unnamedIn(JsonNode answer, int status) {
        List<JsonNode> schemas = schemas(json.path("responses").path(Integer.toString(status)));
        return schemas.isEmpty() ? List.of() : unnamed(answer, schemas, "");
    }

    private List<JsonNode> schemas(JsonNode message) {
        List<JsonNode> schemas = new ArrayList<>();
        for (JsonNode type : description.resolved(message).path("content")) {
            if (type.has("schema")) {
                schemas.add(type.path("schema"));
            }
        }
        return schemas;
    }

    private List<String> unnamed(JsonNode value, List<JsonNode> schemas, String path) {
        List<String> found = new ArrayList<>();
        if (value.isArray()) {
            List<JsonNode> items = schemas.stream()
                    .flatMap(schema -> alternatives(schema, DEEPEST))
                    .map(schema -> schema.path("items"))
                    .filter(schema -> !schema.isMissingNode())
                    .toList();
            value.forEach(entry -> found.addAll(unnamed(entry, items, path)));
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            List<JsonNode> named = schemas.stream()
                    .flatMap(schema -> alternatives(schema, DEEPEST))
                    .flatMap(schema -> member(schema, member.getKey()).stream())
                    .toList();
            if (named.isEmpty()) {
                found.add(path + member.getKey());
                continue;
            }
            found.addAll(unnamed(member.getValue(), named, path + member.getKey() + "."));
        }
        return found;
    }

    /** A map takes members of any name; a schema that merely doesn't forbid them names none. */
    private static Optional<JsonNode> member(JsonNode schema, String name) {
        JsonNode property = schema.path("properties").path(name);
        if (!property.isMissingNode()) {
            return Optional.of(property);
        }
        JsonNode others = schema.path("additionalProperties");
        return others.isObject() ? Optional.of(others) : Optional.empty();
    }

    /** The schema and all that it is made of. */
    private Stream<JsonNode> alternatives(JsonNode schema, int depth) {
        JsonNode resolved = description.resolved(schema);
        if (depth == 0) {
            return Stream.of(resolved);
        }
        Stream<JsonNode> parts = Stream.of("allOf", "anyOf", "oneOf")
                .flatMap(kind -> resolved.path(kind).valueStream())
                .flatMap(part -> alternatives(part, depth - 1));
        return Stream.concat(Stream.of(resolved), parts);
    }
}
