package io.jenkins.plugins.bellhop.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The hand-written signatures of Jenkins, and the record of when they were last compared with the real classes. */
final class SignatureSources {

    /** Holds the digest of the sources that passed the comparison, and what they were compared with. */
    static final Path VERIFIED = Path.of("src/jenkins-api/VERIFIED");

    private static final Path SOURCES = Path.of("src/jenkins-api/java");

    private SignatureSources() {}

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** One line that changes with any name or text among the sources, whatever their line ends. */
    static String digest() throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files()) {
            String name = SOURCES.relativize(file).toString().replace('\\', '/');
            String text = Files.readString(file).replace("\r\n", "\n");
            digest.update((name + "\n" + text.length() + "\n" + text).getBytes(StandardCharsets.UTF_8));
        }
        return "sources " + HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
