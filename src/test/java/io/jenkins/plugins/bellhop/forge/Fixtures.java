package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Payloads written by hand, each named by its case, in a folder named by its event (with a dot for the colon of
 * Bitbucket's), beside what it must read as: {@code github/push/deletes-tag.json} and {@code …/deletes-tag.txt}.
 */
public final class Fixtures {

    private Fixtures() {}

    /** @param payload the .json file */
    public record Fixture(Dialects forge, Path payload) {

        public String event() {
            return payload.getParent().getFileName().toString().replace('.', ':');
        }

        public byte[] body() {
            return bytes(payload);
        }

        /** Where what it must read as is written down. */
        public Path expected() {
            return payload.resolveSibling(payload.getFileName().toString().replace(".json", ".txt"));
        }

        public String expectation() {
            return new String(bytes(expected()), StandardCharsets.UTF_8);
        }

        public Signed delivery() {
            return Signed.push("").withEvent(event()).withBody(body());
        }

        /** Reads a variant of it. */
        Reading read(Signed delivery) throws UnreadablePayload {
            return forge.dialect().read(delivery.verifiedBy(forge.dialect().signatures()));
        }

        @Override
        public String toString() {
            return forge.folder() + "/" + event() + "/"
                    + payload.getFileName().toString().replace(".json", "");
        }
    }

    /** Those of all forges. */
    static List<Fixture> all() {
        return Arrays.stream(Dialects.values())
                .flatMap(forge -> of(forge).stream())
                .toList();
    }

    public static List<Fixture> of(Dialects forge) {
        return files(forge)
                .filter(file -> file.toString().endsWith(".json"))
                .sorted()
                .map(file -> new Fixture(forge, file))
                .toList();
    }

    static Stream<Path> files(Dialects forge) {
        try (Stream<Path> files = Files.walk(folder(forge))) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".class"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Found by a folder in it, since the forge's classes lie in one of the same name. */
    private static Path folder(Dialects forge) {
        String pushes = forge.folder() + "/" + forge.push().replace(':', '.');
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource(pushes))
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
