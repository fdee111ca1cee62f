package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.delivery.Spool.Outcome;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.support.Quiet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The deliveries here are pings: the sources, asked first, record them and may fail. */
@Timeout(30)
class DispatcherTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    @TempDir
    private Path directory;

    private final Quiet quiet = Quiet.logger(Dispatcher.class);
    private final Fakes fakes = new Fakes();
    private final List<String> tried = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Throwable> faults = new ConcurrentHashMap<>();
    private volatile Runnable onTry = () -> {};
    private Spool spool;
    private Dispatcher dispatcher;

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(directory);
        dispatcher = dispatcher(List.of(LONG));
    }

    @AfterEach
    void close() {
        dispatcher.close();
        quiet.close();
    }

    private Dispatcher dispatcher(List<Duration> pauses) {
        Handler handler = new Handler(
                hook -> {
                    tried.add(hook);
                    onTry.run();
                    Optional.ofNullable(faults.get(hook)).ifPresent(DispatcherTest::raise);
                    return Optional.empty();
                },
                connection -> List.of(),
                new NoRepositories(),
                new Memory(fakes.seen, fakes.hooks, fakes.approvals),
                fakes.log::add,
                fakes.clock);
        return new Dispatcher(spool, handler, pauses);
    }

    private static void raise(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) fault;
    }

    @Test
    void handlesWhatWaitsOldestFirstAndLeavesNothing() throws IOException {
        put("c", "a", "b");
        dispatcher.wake();
        await(() -> spool.waiting().isEmpty());

        assertThat(tried).containsExactly("c", "a", "b");
        assertThat(new Spool(directory).waiting()).isEmpty();
    }

    @Test
    void handlesEachDeliveryOnceHoweverOftenItIsWoken() throws IOException {
        for (String hook : List.of("a", "b", "c", "d")) {
            put(hook);
            IntStream.range(0, 50).parallel().forEach(i -> dispatcher.wake());
        }
        await(() -> spool.waiting().isEmpty());

        assertThat(tried).containsExactly("a", "b", "c", "d");
    }

    /** Each wake comes right after its delivery is stored, at whatever point the dispatcher is then. */
    @Test
    void noWakeIsLostWhileOthersAreBeingHandled() throws IOException {
        List<String> hooks = IntStream.range(0, 200).mapToObj(i -> "hook-" + i).toList();
        hooks.parallelStream().forEach(hook -> {
            spool(hook);
            dispatcher.wake();
        });
        await(() -> spool.waiting().isEmpty());

        assertThat(tried).containsExactlyInAnyOrderElementsOf(hooks);
    }

    private void spool(String hook) {
        try {
            put(hook);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void remembersWhatLedToBuildsAndOnlyThat() throws IOException {
        dispatcher.close();
        fakes.job("app");
        dispatcher = new Dispatcher(spool, fakes.handler());
        spool.put(Payloads.push("main").withId("built").verified());
        spool.put(Payloads.ping().withId("ping").verified());
        dispatcher.wake();
        await(() -> spool.waiting().isEmpty());

        assertThat(spool.put(Payloads.push("main").withId("built").verified())).isEqualTo(Outcome.REPEATED);
        assertThat(spool.put(Payloads.ping().withId("ping").verified())).isEqualTo(Outcome.STORED);
    }

    @Test
    void whatFailsIsTriedAgainAfterAPause() throws IOException {
        restartWith(List.of(SHORT));
        faults.put("a", new IllegalStateException("not now"));
        put("a");
        dispatcher.wake();
        await(() -> tried.size() >= 3);
        faults.clear();
        await(() -> spool.waiting().isEmpty());

        assertThat(tried).containsOnly("a").hasSizeLessThan(Dispatcher.MOST_TRIES);
    }

    @Test
    void whatFailsHoldsUpNoOtherAndWaitsInTheSpool() throws IOException {
        faults.put("a", new IllegalStateException("not now"));
        put("a", "b");
        dispatcher.wake();
        await(() -> spool.waiting().size() == 1);
        put("c");
        dispatcher.wake();
        await(() -> tried.contains("c"));

        assertThat(tried).containsExactly("a", "b", "c");
        assertThat(new Spool(directory).waiting()).hasSize(1);
        assertThat(quiet.messages())
                .containsExactly("Could not handle a delivery; it stays in the spool and is tried again");
    }

    @Test
    void aBrokenClassInTheHandlerHoldsUpNoOtherEither() throws IOException {
        faults.put("a", new NoClassDefFoundError("a plugin is missing"));
        faults.put("b", new StackOverflowError());
        put("a", "b", "c");
        dispatcher.wake();
        await(() -> tried.contains("c"));

        assertThat(tried).containsExactly("a", "b", "c");
        await(() -> spool.waiting().size() == 2);
    }

    @Test
    void anUnreadableFileHoldsUpNoOther() throws IOException {
        put("a", "b");
        Files.write(directory.resolve(spool.waiting().get(0)), new byte[] {1, 2, 3});
        dispatcher.wake();
        await(() -> spool.waiting().size() == 1);

        assertThat(tried).containsExactly("b");
    }

    @Test
    void givesUpAfterTheLastTryAndSaysSo() throws IOException {
        restartWith(List.of(Duration.ZERO, SHORT));
        faults.put("a", new IllegalStateException("never"));
        put("a");
        String name = spool.waiting().get(0);
        dispatcher.wake();
        await(() -> spool.waiting().isEmpty());

        assertThat(tried).hasSize(Dispatcher.MOST_TRIES);
        assertThat(quiet.messages()).last().isEqualTo("Gave up a delivery after 30 tries: " + name);
    }

    @Test
    void oneThatIsSentAgainAfterItWasGivenUpIsTriedAnew() throws IOException {
        restartWith(List.of(Duration.ZERO));
        faults.put("a", new IllegalStateException("never"));
        put("a");
        dispatcher.wake();
        await(() -> spool.waiting().isEmpty());
        faults.clear();
        put("a");
        dispatcher.wake();
        await(() -> spool.waiting().isEmpty());

        assertThat(tried).hasSize(Dispatcher.MOST_TRIES + 1);
    }

    @Test
    void pausesGrowAndTheLastTryIsMoreThanADayAfterTheFirst() {
        Duration together = IntStream.range(1, Dispatcher.MOST_TRIES)
                .mapToObj(tries -> Dispatcher.PAUSES.get(Math.min(tries, Dispatcher.PAUSES.size()) - 1))
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(Dispatcher.PAUSES).isSorted().doesNotHaveDuplicates();
        assertThat(together).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void whatCannotBeRemovedFromTheSpoolIsNotHandledAgainAndAgain() throws IOException {
        put("a");
        Path file = directory.resolve(spool.waiting().get(0));
        onTry = () -> replaceByDirectory(file);
        dispatcher.wake();
        await(() -> !quiet.messages().isEmpty());
        put("b");
        dispatcher.wake();
        await(() -> tried.contains("b"));

        assertThat(tried).containsExactly("a", "b");
        assertThat(quiet.messages())
                .containsExactly("Could not remove a handled delivery from the spool; it is tried again");
    }

    @Test
    void whatCouldNotBeRemovedFromTheSpoolIsRemovedLaterAndMayThenBeSentAgain() throws IOException {
        restartWith(List.of(SHORT));
        put("a");
        Path file = directory.resolve(spool.waiting().get(0));
        onTry = () -> replaceByDirectory(file);
        dispatcher.wake();
        await(() -> !quiet.messages().isEmpty());
        onTry = () -> {};
        Files.deleteIfExists(file.resolve("child"));
        await(() -> spool.waiting().isEmpty());
        put("a");
        dispatcher.wake();
        await(() -> tried.size() == 2);

        assertThat(tried).containsExactly("a", "a");
    }

    private static void replaceByDirectory(Path file) {
        try {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
                Files.createDirectories(file.resolve("child"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void worksOnAThreadOfItsOwnThatHoldsNoJvm() throws IOException {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        onTry = () -> threads.add(Thread.currentThread());
        put("a", "b");
        dispatcher.wake();
        await(() -> spool.waiting().isEmpty());

        assertThat(threads).hasSize(2).allSatisfy(thread -> {
            assertThat(thread.getName()).isEqualTo("Bellhop deliveries");
            assertThat(thread.isDaemon()).isTrue();
        });
        assertThat(threads.get(0)).isSameAs(threads.get(1));
    }

    @Test
    void closingLetsTheOneAtWorkFinishAndLeavesTheOthersInTheSpool() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        onTry = () -> {
            atWork.countDown();
            awaitLatch(go);
        };
        put("a", "b", "c");
        dispatcher.wake();
        atWork.await();
        Thread closing = new Thread(dispatcher::close);
        closing.start();
        await(() -> closing.getState() == Thread.State.TIMED_WAITING);
        go.countDown();
        closing.join();

        assertThat(tried).containsExactly("a");
        assertThat(new Spool(directory).waiting()).hasSize(2);
    }

    @Test
    void closingDropsTriesThatWereToComeAndKeepsTheDelivery() throws IOException {
        faults.put("a", new IllegalStateException("not now"));
        put("a");
        dispatcher.wake();
        await(() -> tried.size() == 1 && !quiet.messages().isEmpty());
        dispatcher.close();

        assertThat(spool.waiting()).hasSize(1);
    }

    @Test
    void wakingAfterClosingHandlesNothing() throws IOException {
        dispatcher.close();
        put("a");
        dispatcher.wake();

        assertThat(tried).isEmpty();
        assertThat(spool.waiting()).hasSize(1);
    }

    private void restartWith(List<Duration> pauses) {
        dispatcher.close();
        dispatcher = dispatcher(pauses);
    }

    /** One delivery through each hook. */
    private void put(String... hooks) throws IOException {
        for (String hook : hooks) {
            assertThat(spool.put(Payloads.ping().withHook(hook).verified())).isEqualTo(Outcome.STORED);
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(20))
                .until(condition);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class NoRepositories implements Repositories {
        @Override
        public ForgeApi api(Connection connection) {
            throw new AssertionError("pings ask for nothing");
        }

        @Override
        public void renamed(Connection connection, RepositoryId today) {
            throw new AssertionError("pings rename nothing");
        }
    }
}
