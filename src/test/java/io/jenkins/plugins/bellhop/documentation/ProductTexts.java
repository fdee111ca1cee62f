package io.jenkins.plugins.bellhop.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the product says to people: the texts of sources, views and messages. */
final class ProductTexts {

    private static final Path JAVA = Path.of("src/main/java");
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern LABEL = Pattern.compile("\\$\\{%([^}(]+)}");

    private ProductTexts() {}

    /** Words that stand on forms and pages. */
    static Set<String> labels() {
        return Stream.concat(
                        files(RESOURCES, ".jelly")
                                .map(ProductTexts::read)
                                .flatMap(view -> LABEL.matcher(view).results())
                                .map(found -> found.group(1)),
                        messages())
                .collect(Collectors.toSet());
    }

    /** Everything in one text, in which a sentence of the product can be looked for. */
    static String all() {
        String sources = files(JAVA, ".java").map(ProductTexts::literals).collect(Collectors.joining("\n"));
        String scripts = files(RESOURCES, ".sh").map(ProductTexts::read).collect(Collectors.joining("\n"));
        return sources + "\n" + scripts + "\n" + messages().collect(Collectors.joining("\n"));
    }

    /** A source whose literals that run over several lines are one. */
    static String literals(Path source) {
        return read(source).replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\"");
    }

    /** The parts of a documented sentence between its gaps, each of which the product has to say word by word. */
    static List<String> parts(String sentence) {
        return Stream.of(sentence.split("…"))
                .map(part -> part.replaceAll("^[\\s.,;:(]+|[\\s.,;:)]+$", ""))
                .filter(part -> part.length() > 1)
                .toList();
    }

    private static Stream<String> messages() {
        return files(RESOURCES, ".properties").flatMap(file -> {
            Properties messages = new Properties();
            try (var in = Files.newBufferedReader(file)) {
                messages.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return messages.values().stream().map(value -> value.toString().replace("''", "'"));
        });
    }

    static Stream<Path> files(Path root, String end) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(end)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
