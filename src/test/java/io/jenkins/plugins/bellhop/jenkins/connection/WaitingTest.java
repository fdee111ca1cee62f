package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private final Queue<Runnable> thread = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Waiting<String> waiting = new Waiting<>(thread::add, done::add);

    @Test
    void whatIsAskedForOftenWhileItWaitsIsDoneOnce() {
        for (int i = 0; i < 200; i++) {
            waiting.add("a");
        }
        waiting.add("b");
        assertThat(thread).hasSize(2);

        thread.forEach(Runnable::run);
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void whatIsAskedForOnceItHasBegunIsDoneAgain() {
        waiting.add("a");
        thread.remove().run();
        waiting.add("a");
        assertThat(thread).hasSize(1);
    }

    @Test
    void afterTheEndNothingIsDone() {
        new Waiting<String>(
                        work -> {
                            throw new RejectedExecutionException();
                        },
                        done::add)
                .add("a");
        assertThat(done).isEmpty();
    }
}
