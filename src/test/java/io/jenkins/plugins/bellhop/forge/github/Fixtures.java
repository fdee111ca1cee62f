package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Payloads written by hand, each named by its case, in a folder named by its event, beside what it must read as:
 * {@code push/deletes-tag.json} and {@code push/deletes-tag.txt}.
 */
final class Fixtures {

    private Fixtures() {}

    /** @param payload the .json file */
    record Fixture(Path payload) {

        String event() {
            return payload.getParent().getFileName().toString();
        }

        byte[] body() {
            return bytes(payload);
        }

        /** Where what it must read as is written down. */
        Path expected() {
            return payload.resolveSibling(payload.getFileName().toString().replace(".json", ".txt"));
        }

        Signed delivery() {
            return Signed.push("").withEvent(event()).withBody(body());
        }

        @Override
        public String toString() {
            return event() + "/" + payload.getFileName().toString().replace(".json", "");
        }
    }

    static List<Fixture> all() {
        return files().filter(file -> file.toString().endsWith(".json"))
                .sorted()
                .map(Fixture::new)
                .toList();
    }

    static Stream<Path> files() {
        try (Stream<Path> files = Files.walk(folder())) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".class"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource("push"))
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
