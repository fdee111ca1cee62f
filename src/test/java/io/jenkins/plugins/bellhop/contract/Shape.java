package io.jenkins.plugins.bellhop.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The members that answers of one kind have, as paths such as {@code .config.url}, and the types of each. */
final class Shape {

    private final Map<String, Set<JsonNodeType>> members = new TreeMap<>();

    /** An answer that is a list, or a page of one, says what its entries are like. */
    void add(JsonNode answer) {
        JsonNode list = answer.isArray() ? answer : answer.path("values");
        if (list.isArray()) {
            list.forEach(entry -> add("", entry));
            return;
        }
        add("", answer);
    }

    private void add(String path, JsonNode value) {
        members.computeIfAbsent(path, unseen -> EnumSet.noneOf(JsonNodeType.class))
                .add(value.getNodeType());
        if (value.isArray()) {
            value.forEach(entry -> add(path + "[]", entry));
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            add(path + "." + member.getKey(), member.getValue());
        }
    }

    /** What this has and the other hasn't, or of another type; null is of any. */
    Set<String> strangeTo(Shape other) {
        Set<String> strange = new TreeSet<>();
        members.forEach((path, types) -> {
            Set<JsonNodeType> known = other.members.get(path);
            if (known != null) {
                types.stream()
                        .filter(type -> type != JsonNodeType.NULL)
                        .filter(type -> !known.contains(type) && !known.equals(Set.of(JsonNodeType.NULL)))
                        .forEach(type -> strange.add(path + " is " + type + ", but was recorded as " + known));
            } else if (other.members.containsKey(path.replaceFirst("(\\.[^.]*|\\[])$", ""))) {
                strange.add(path);
            }
        });
        return strange;
    }
}
