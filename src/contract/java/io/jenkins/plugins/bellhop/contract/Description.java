package io.jenkins.plugins.bellhop.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A forge's API description in the OpenAPI format. */
final class Description {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String SCHEMAS = "#/components/schemas/";

    private final ObjectNode root;
    private final List<Route> routes;

    private Description(ObjectNode root) {
        this.root = root;
        // Of two that fit, the one with fewer variables is meant.
        routes = root.path("paths").properties().stream()
                .map(path -> Route.of(path.getKey()))
                .sorted(Comparator.comparingLong(Route::variables))
                .toList();
    }

    /** @param corrections files whose paths are to replace those of the same name */
    static Description read(Path file, List<Path> corrections) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
        for (Path correction : corrections) {
            correct(root, correction);
        }
        return new Description(root);
    }

    /** Both files have schemas of the same name, so those of the correction get another. */
    private static void correct(ObjectNode root, Path file) throws IOException {
        String prefix = file.getFileName().toString().replaceAll("[^a-z]", "_") + "_";
        String text = YAML.readTree(file.toFile()).toString().replace(SCHEMAS, SCHEMAS + prefix);
        JsonNode correction = JSON.readTree(text);
        ((ObjectNode) root.path("paths")).setAll((ObjectNode) correction.path("paths"));
        ObjectNode schemas = (ObjectNode) root.path("components").path("schemas");
        for (Map.Entry<String, JsonNode> schema :
                correction.path("components").path("schemas").properties()) {
            schemas.set(prefix + schema.getKey(), schema.getValue());
        }
    }

    /**
     * For the mock server: answers may leave members out, as the sandbox does with what nobody here reads.
     *
     * @param templates the paths to keep: with all of GitHub's the server takes minutes to start on a busy machine
     */
    void write(Path file, Set<String> templates) throws IOException {
        ObjectNode relaxed = root.deepCopy();
        ((ObjectNode) relaxed.path("paths")).retain(templates);
        Set<String> sent = new HashSet<>();
        for (JsonNode body : relaxed.path("paths").findValues("requestBody")) {
            collect(body, sent);
        }
        for (JsonNode responses : relaxed.path("paths").findValues("responses")) {
            relax(responses);
        }
        for (Map.Entry<String, JsonNode> schema :
                relaxed.path("components").path("schemas").properties()) {
            if (!sent.contains(schema.getKey())) {
                relax(schema.getValue());
            }
        }
        JSON.writeValue(file.toFile(), relaxed);
    }

    /** The names of all schemas that this one leads to. */
    private void collect(JsonNode schema, Set<String> names) {
        for (String reference : schema.findValuesAsText("$ref")) {
            if (names.add(reference.substring(reference.lastIndexOf('/') + 1))) {
                collect(root.at(reference.substring(1)), names);
            }
        }
    }

    private static void relax(JsonNode schema) {
        for (JsonNode holder : schema.findParents("required")) {
            // Elsewhere "required" may be the name of a member.
            if (holder.path("required").isArray()) {
                ((ObjectNode) holder).remove("required");
            }
        }
    }

    /** @param path below the API's root, percent-encoded, without query */
    Optional<Operation> find(String method, String path) {
        String member = method.toLowerCase(Locale.ROOT);
        return routes.stream()
                .filter(route -> route.pattern().matcher(path).matches())
                .map(Route::template)
                .filter(template -> item(template).has(member))
                .findFirst()
                .map(template ->
                        new Operation(this, method, template, item(template).path(member)));
    }

    JsonNode item(String template) {
        return root.path("paths").path(template);
    }

    JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        while (found.has("$ref")) {
            found = root.at(found.path("$ref").asText().substring(1));
        }
        return found;
    }

    private record Route(String template, Pattern pattern, long variables) {

        static Route of(String template) {
            String pattern = Stream.of(template.split("(?=\\{)|(?<=})"))
                    .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                    .reduce("", String::concat);
            return new Route(
                    template,
                    Pattern.compile(pattern),
                    template.chars().filter(letter -> letter == '{').count());
        }
    }
}
