package io.jenkins.plugins.bellhop.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which deliveries led to builds, newest last. The journal says it first; it is written to a file of its own before the
 * part of the journal that says it goes.
 */
final class BuiltDeliveries {

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

    private final Path file;
    private final Set<String> keys = new LinkedHashSet<>();
    private boolean changed;

    BuiltDeliveries(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            // In an encoding that has no wrong bytes: a crash may have left some.
            Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> KEY.matcher(line).matches())
                    .forEach(this::add);
        }
        changed = false;
    }

    synchronized boolean contains(String key) {
        return keys.contains(key);
    }

    synchronized void add(String key) {
        keys.remove(key);
        keys.add(key);
        if (keys.size() > Spool.MOST_REMEMBERED) {
            keys.remove(keys.iterator().next());
        }
        changed = true;
    }

    /** When this returns, all that were added survive a crash. */
    void save() throws IOException {
        String all;
        synchronized (this) {
            if (!changed) {
                return;
            }
            all = String.join("\n", keys);
            changed = false;
        }
        try {
            Durable.write(file, all.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | RuntimeException | Error e) {
            synchronized (this) {
                changed = true;
            }
            throw e;
        }
    }
}
