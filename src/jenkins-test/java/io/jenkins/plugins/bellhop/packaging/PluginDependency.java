package io.jenkins.plugins.bellhop.packaging;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One entry of a manifest's {@code Plugin-Dependencies}. */
record PluginDependency(String name, String version, boolean isOptional) {

    static Map<String, PluginDependency> parse(String entry) {
        return Arrays.stream(entry.split(","))
                .map(PluginDependency::parseOne)
                .collect(Collectors.toMap(
                        PluginDependency::name,
                        Function.identity(),
                        (first, second) -> {
                            throw new IllegalArgumentException("twice: " + first);
                        },
                        TreeMap::new));
    }

    private static PluginDependency parseOne(String text) {
        String[] parts = text.split("[:;]");
        return new PluginDependency(parts[0], parts[1], text.endsWith(";resolution:=optional"));
    }
}
