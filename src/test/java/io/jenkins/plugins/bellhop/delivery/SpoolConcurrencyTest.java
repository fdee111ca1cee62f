package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.delivery.Spool.Outcome;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolConcurrencyTest {

    private static final int THREADS = 8;
    private static final int DELIVERIES = 40;

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void eachDeliveryIsStoredOnceHoweverManyThreadsBringIt() throws Exception {
        Spool spool = new Spool(directory);
        List<Outcome> outcomes = allAtOnce(THREADS, thread -> {
            List<Outcome> own = new ArrayList<>();
            for (int i = 0; i < DELIVERIES; i++) {
                own.add(spool.put(delivery((i + 5 * thread) % DELIVERIES)));
            }
            return own;
        });

        assertThat(outcomes).hasSize(THREADS * DELIVERIES).doesNotContain(Outcome.FULL);
        assertThat(outcomes.stream().filter(Outcome.STORED::equals)).hasSize(DELIVERIES);
        spool.close();
        assertThat(ids(new Spool(directory)))
                .containsExactlyInAnyOrderElementsOf(allIds())
                .hasSize(DELIVERIES);
    }

    /** A repeat is promised to be handled only once its first copy can no longer be lost. */
    @Test
    void aRepeatIsAcceptedWhenTheFirstCopyIsOnDiskAndNotBefore() throws Exception {
        Spool spool = new Spool(directory);
        VerifiedDelivery large =
                Signed.push("{\"n\":\"" + "x".repeat(8 << 20) + "\"}").verified();
        List<Outcome> outcomes = allAtOnce(THREADS, thread -> {
            Outcome outcome = spool.put(large);
            if (outcome == Outcome.REPEATED) {
                assertThat(spool.waiting()).hasSize(1);
            }
            return List.of(outcome);
        });

        assertThat(outcomes.stream().filter(Outcome.STORED::equals)).hasSize(1);
        assertThat(outcomes).contains(Outcome.BUSY);
        assertThat(spool.put(large)).isEqualTo(Outcome.REPEATED);
    }

    @Test
    void neverMoreThanTheMostWait() throws Exception {
        int most = 10;
        Spool spool = new Spool(directory, most, Spool.LARGEST);
        List<Outcome> outcomes = allAtOnce(
                THREADS,
                thread -> List.of(
                        spool.put(delivery(3 * thread)),
                        spool.put(delivery(3 * thread + 1)),
                        spool.put(delivery(3 * thread + 2))));

        assertThat(outcomes.stream().filter(Outcome.STORED::equals)).hasSize(most);
        assertThat(spool.waiting()).hasSize(most);
    }

    @Test
    void whatOneThreadHandlesWhileOthersBringMoreIsNeitherLostNorDoubled() throws Exception {
        Spool spool = new Spool(directory);
        Set<String> handled = new ConcurrentSkipListSet<>();
        CountDownLatch brought = new CountDownLatch(THREADS);
        Future<Integer> handler = threads.submit(() -> handleUntil(brought, spool, handled));
        allAtOnce(THREADS, thread -> {
            for (int i = thread; i < DELIVERIES; i += THREADS) {
                spool.put(delivery(i));
            }
            brought.countDown();
            return List.of();
        });

        assertThat(handler.get()).isEqualTo(DELIVERIES);
        assertThat(handled).containsExactlyInAnyOrderElementsOf(allIds());
        spool.close();
        assertThat(new Spool(directory).waiting()).isEmpty();
    }

    /** Answers how many deliveries it saw, each time it saw one. */
    private static int handleUntil(CountDownLatch brought, Spool spool, Set<String> handled) throws IOException {
        int seen = 0;
        boolean last;
        do {
            last = brought.getCount() == 0;
            for (String name : spool.waiting()) {
                handled.add(spool.read(name).id().text());
                spool.done(name, true);
                seen++;
            }
        } while (!last);
        return seen;
    }

    private List<Outcome> allAtOnce(int count, Work work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<Outcome>>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int thread = i;
            Callable<List<Outcome>> waiting = () -> {
                start.await();
                return work.by(thread);
            };
            running.add(threads.submit(waiting));
        }
        start.countDown();
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<List<Outcome>> one : running) {
            outcomes.addAll(one.get());
        }
        return outcomes;
    }

    private static List<String> ids(Spool spool) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String name : spool.waiting()) {
            ids.add(spool.read(name).id().text());
        }
        return ids;
    }

    private static List<String> allIds() {
        return IntStream.range(0, DELIVERIES).mapToObj(i -> "id-" + i).toList();
    }

    private static VerifiedDelivery delivery(int number) {
        return Signed.push("{\"n\":" + number + "}").withId("id-" + number).verified();
    }

    private interface Work {
        List<Outcome> by(int thread) throws IOException;
    }
}
