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
        if (Files.exists(file)) {
            List<String> all = Files.readAllLines(file, StandardCharsets.US_ASCII);
            // A crash may have left half a line.
            all.stream().filter(line -> KEY.matcher(line).matches()).forEach(this::remember);
            lines = all.size();
        }
    }

    boolean contains(String key) {
        return keys.contains(key);
    }

    void add(String key) throws IOException {
        remember(key);
        if (lines >= 2 * Spool.MOST_REMEMBERED) {
            Durable.write(file, (String.join("\n", keys) + "\n").getBytes(StandardCharsets.US_ASCII));
            lines = keys.size();
            return;
        }
        Files.writeString(
                file,
                key + "\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND,
                StandardOpenOption.DSYNC);
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
