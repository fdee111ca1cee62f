package io.jenkins.plugins.bellhop.jenkins.checkout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Known hosts as files on the machine where this runs: one for each content, for as long as the process lives. */
final class KnownHostsFiles {

    private static final Map<String, Path> FILES = new ConcurrentHashMap<>();

    private KnownHostsFiles() {}

    /** Written anew when somebody removed it, as cleaners of temporary directories do. */
    static synchronized Path holding(String content) throws IOException {
        Path known = FILES.get(content);
        if (known != null && Files.exists(known)) {
            return known;
        }
        Path file = Files.createTempFile("bellhop-known-hosts", "");
        file.toFile().deleteOnExit();
        Files.writeString(file, content, StandardCharsets.UTF_8);
        FILES.put(content, file);
        return file;
    }
}
