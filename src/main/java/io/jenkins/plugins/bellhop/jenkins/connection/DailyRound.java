package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.delivery.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Something that is done once a day, however often Jenkins is restarted: a file's time says when it was done last. */
public final class DailyRound {

    static final Duration ROUND = Duration.ofDays(1);
    /** A start has other things to do. */
    static final Duration FIRST_LOOK = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofMinutes(10);
    private static final Logger LOGGER = Logger.getLogger(DailyRound.class.getName());

    private final Path mark;
    private final Clock clock;
    /** When it was done last, where the file can't tell. */
    private volatile Instant done = Instant.MIN;

    /** @param mark belongs to this round alone; its directory is there */
    public DailyRound(Path mark, Clock clock) {
        this.mark = mark;
        this.clock = clock;
    }

    /** Looks every few minutes whether the work is due. What it throws is logged. */
    public void on(ScheduledExecutorService thread, Runnable work) {
        thread.scheduleWithFixedDelay(
                () -> runIfDue(work), FIRST_LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void runIfDue(Runnable work) {
        if (!isDue()) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException fault) {
            LOGGER.log(Level.WARNING, "A daily round ended before its time: " + mark.getFileName(), fault);
        }
        remember();
    }

    /** A time in the future is a clock's that was wrong. */
    private boolean isDue() {
        Instant now = clock.instant();
        Instant last = last();
        return last.isAfter(now) || !last.isAfter(now.minus(ROUND));
    }

    private Instant last() {
        try {
            Instant written = Files.getLastModifiedTime(mark).toInstant();
            return written.isAfter(done) ? written : done;
        } catch (NoSuchFileException e) {
            return done;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't read when a daily round was done last: " + mark.getFileName(), e);
            return done;
        }
    }

    private void remember() {
        done = clock.instant();
        try {
            Durable.write(mark, new byte[0]);
            Files.setLastModifiedTime(mark, FileTime.from(done));
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "Can't write down that a daily round was done; it is repeated after a restart: "
                            + mark.getFileName(),
                    e);
        }
    }
}
