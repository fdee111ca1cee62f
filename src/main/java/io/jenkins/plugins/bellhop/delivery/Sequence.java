package io.jenkins.plugins.bellhop.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Numbers that grow, over restarts too, and when the clock is set back meanwhile. */
final class Sequence {

    /** Numbers that are written down as used before they are; a restart skips what is left of them. */
    static final long STEP = 1_000_000;

    private static final Logger LOGGER = Logger.getLogger(Sequence.class.getName());

    private final Path file;
    private long last;
    private long reserved;

    /** Not below the time in microseconds, which earlier versions went by alone. */
    Sequence(Path file) {
        this.file = file;
        last = Math.max(System.currentTimeMillis() * 1_000, written());
        // Here, and not when a request needs it, whose thread may be interrupted.
        reserve(last + STEP);
    }

    synchronized void isUsed(long number) {
        last = Math.max(last, number);
    }

    private long written() {
        try {
            String text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
            return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't read how far deliveries are numbered; the clock has to do", e);
            return 0;
        }
    }

    synchronized long next() {
        last++;
        if (last > reserved) {
            reserve(last + STEP);
        }
        return last;
    }

    private void reserve(long limit) {
        try {
            Durable.write(file, Long.toString(limit).getBytes(StandardCharsets.US_ASCII));
            reserved = limit;
        } catch (IOException e) {
            // It counts only after a restart with the clock set back.
            LOGGER.log(Level.WARNING, "Can't write down how far deliveries are numbered", e);
        }
    }
}
