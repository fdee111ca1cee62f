package io.jenkins.plugins.bellhop.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which deliveries led to builds, newest last; a text file that grows by a line each and is cut when it is double size. */
final class BuiltDeliveries {

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

    private final Path file;
    private final Set<String> keys = new LinkedHashSet<>();
    private int lines;

    BuiltDeliveries(Path file) throws IOException {
        this.file = file;
        if (!Files.exists(file)) {
            Durable.write(file, new byte[0]);
        }
        // In an encoding that has no wrong bytes: a crash may have left some.
        List<String> all = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        all.stream().filter(line -> KEY.matcher(line).matches()).forEach(this::remember);
        lines = all.size();
    }

    boolean contains(String key) {
        return keys.contains(key);
    }

    void add(String key) throws IOException {
        remember(key);
        if (lines >= 2 * Spool.MOST_REMEMBERED) {
            Durable.write(file, String.join("\n", keys).getBytes(StandardCharsets.US_ASCII));
            lines = keys.size();
            return;
        }
        // The line end comes first, so that half a line of before stays alone.
        Files.writeString(
                file, "\n" + key, StandardCharsets.US_ASCII, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
        lines++;
    }

    private void remember(String key) {
        keys.remove(key);
        keys.add(key);
        if (keys.size() > Spool.MOST_REMEMBERED) {
            keys.remove(keys.iterator().next());
        }
    }
}
