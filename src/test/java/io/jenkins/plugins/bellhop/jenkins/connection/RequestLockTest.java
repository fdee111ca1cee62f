package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class RequestLockTest {

    private final ReentrantLock lock = new ReentrantLock();

    @Test
    void oneThatIsFreeIsTaken() throws ConnectFailure {
        RequestLock.take(lock);
        assertThat(lock.isHeldByCurrentThread()).isTrue();
    }

    @Test
    void whoWaitsTooLongIsToldToTryAgainAndDoesNotHoldIt() {
        lock.lock();
        ConnectFailure failure = CompletableFuture.supplyAsync(() ->
                        catchThrowableOfType(ConnectFailure.class, () -> RequestLock.take(lock, Duration.ofMillis(20))))
                .join();

        assertThat(failure).hasMessageContaining("busy").hasMessageContaining("try again");
        assertThat(failure.mayPass()).isTrue();
        lock.unlock();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void whoIsInterruptedStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(catchThrowableOfType(ConnectFailure.class, () -> RequestLock.take(lock)))
                .isNotNull();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lock.isLocked()).isFalse();
    }
}
