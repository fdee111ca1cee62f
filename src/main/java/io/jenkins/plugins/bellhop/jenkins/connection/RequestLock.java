package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** How a request gets the lock under which forges are changed: it doesn't wait for long, since somebody sits before it. */
public final class RequestLock {

    /** Longer than most changes take, and shorter than the patience of browsers and proxies. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private RequestLock() {}

    /** @throws ConnectFailure when it isn't free in time; the caller doesn't hold it then */
    public static void take(Lock lock) throws ConnectFailure {
        take(lock, LONGEST_WAIT);
    }

    static void take(Lock lock, Duration longest) throws ConnectFailure {
        try {
            if (lock.tryLock(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ConnectFailure(
                "Bellhop is busy with other keys and connections at the moment. Nothing was changed; try again in a"
                        + " few minutes.",
                true,
                List.of());
    }
}
