package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.delivery.Spool.Outcome;
import io.jenkins.plugins.bellhop.delivery.TestDisk;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.support.Quiet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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
    private volatile boolean onHold;
    /** All deliveries through one hook are of one connection, unless the test says more. */
    private Sources sources = hook -> Optional.empty();

    private final TestDisk disk = new TestDisk();
    private Spool spool;
    private Dispatcher dispatcher;

    @BeforeEach
    void open() throws IOException {
        spool = disk.spool(directory);
        dispatcher = dispatcher(List.of(LONG), () -> onHold);
    }

    @AfterEach
    void close() throws IOException {
        dispatcher.close();
        spool.close();
        quiet.close();
    }

    private Dispatcher dispatcher(List<Duration> pauses, BooleanSupplier holds) {
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
        return new Dispatcher(spool, handler, sources, holds, pauses, SHORT);
    }

    private static void raise(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) fault;
    }

    @Test
    void handlesWhatWaitsOldestFirstAndLeavesNothing() throws IOException {
        allOfOneConnection();
        put("c", "a", "b");
        dispatcher.wake();
        await(() -> spool.waiting().isEmpty());

        assertThat(tried).containsExactly("c", "a", "b");
        assertThat(spool.waiting()).isEmpty();
    }

    @Test
    void handlesEachDeliveryOnceHoweverOftenItIsWoken() throws IOException {
        allOfOneConnection();
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
        dispatcher = new Dispatcher(spool, fakes.handler(), fakes.sources(), () -> false);
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
        allOfOneConnection();
        faults.put("a", new IllegalStateException("not now"));
        put("a", "b");
        dispatcher.wake();
        await(() -> spool.waiting().size() == 1);
        put("c");
        dispatcher.wake();
        await(() -> tried.contains("c"));

        assertThat(tried).containsExactly("a", "b", "c");
        assertThat(spool.waiting()).hasSize(1);
        assertThat(quiet.messages())
                .containsExactly("Could not handle a delivery; it stays in the spool and is tried again");
    }

    @Test
    void aBrokenClassInTheHandlerHoldsUpNoOtherEither() throws IOException {
        allOfOneConnection();
        faults.put("a", new NoClassDefFoundError("a plugin is missing"));
        faults.put("b", new StackOverflowError());
        put("a", "b", "c");
        dispatcher.wake();
        await(() -> tried.contains("c"));

        assertThat(tried).containsExactly("a", "b", "c");
        await(() -> spool.waiting().size() == 2);
    }

    @Test
    void anUnreadableDeliveryHoldsUpNoOther() throws IOException {
        put("a");
        Path journal = directory.resolve("0000000001.journal");
        byte[] damaged = Files.readAllBytes(journal);
        damaged[damaged.length - 1] ^= 1;
        Files.write(journal, damaged, StandardOpenOption.WRITE);
        put("b");
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
    void whatCannotBeMarkedAsDoneIsNotHandledAgainAndAgain() throws IOException {
        put("a");
        disk.room = 0;
        dispatcher.wake();
        await(() -> !quiet.messages().isEmpty());
        disk.room = Long.MAX_VALUE;
        put("b");
        dispatcher.wake();
        await(() -> tried.contains("b"));

        assertThat(tried).containsExactly("a", "b");
        assertThat(quiet.messages()).containsExactly("Could not note that a delivery is handled; that is tried again");
    }

    @Test
    void whatCouldNotBeMarkedAsDoneIsMarkedLaterAndMayThenBeSentAgain() throws IOException {
        restartWith(List.of(SHORT));
        put("a");
        disk.room = 0;
        dispatcher.wake();
        await(() -> !quiet.messages().isEmpty());
        disk.room = Long.MAX_VALUE;
        await(() -> spool.waiting().isEmpty());
        put("a");
        dispatcher.wake();
        await(() -> tried.size() == 2);

        assertThat(tried).containsExactly("a", "a");
    }

    @Test
    void worksOnThreadsOfItsOwnThatHoldNoJvm() throws IOException {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        onTry = () -> threads.add(Thread.currentThread());
        put("a", "b");
        dispatcher.wake();
        await(() -> spool.waiting().isEmpty());

        assertThat(threads).hasSize(2).allSatisfy(thread -> {
            assertThat(thread.getName()).isEqualTo("Bellhop deliveries");
            assertThat(thread.isDaemon()).isTrue();
        });
    }

    /** All four threads wait for the busy one's forge or for their turn, as the first of its deliveries is still at work. */
    @Test
    void aBusyConnectionKeepsNobodyWaiting() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        onTry = () -> {
            if (tried.get(tried.size() - 1).equals("busy")) {
                atWork.countDown();
                awaitLatch(go);
            }
        };
        for (int number = 0; number < 1_000; number++) {
            spool.put(Payloads.ping().withHook("busy").withId("busy-" + number).verified());
        }
        dispatcher.wake();
        atWork.await();
        put("quiet");
        dispatcher.wake();
        await(() -> tried.contains("quiet"));

        assertThat(tried).containsExactly("busy", "quiet");
        assertThat(spool.waiting()).hasSizeBetween(1_000, 1_001);
        go.countDown();
        await(() -> spool.waiting().isEmpty());
        assertThat(tried).hasSize(1_001);
    }

    @Test
    void noTwoDeliveriesOfOneConnectionAreAtWorkAtOnce() throws IOException {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        allOfOneConnection();
        onTry = () -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            Thread.yield();
            atWork.decrementAndGet();
        };
        for (int number = 0; number < 200; number++) {
            put("hook-" + number);
            dispatcher.wake();
        }
        await(() -> spool.waiting().isEmpty());

        assertThat(most).hasValue(1);
        assertThat(tried)
                .isEqualTo(IntStream.range(0, 200)
                        .mapToObj(number -> "hook-" + number)
                        .toList());
    }

    @Test
    void aHostThatDoesNotAnswerLeavesAThreadToTheOthers() throws Exception {
        CountDownLatch atWork = new CountDownLatch(Dispatcher.MOST_ON_ONE_HOST);
        CountDownLatch go = new CountDownLatch(1);
        Source like = fakes.sources().find("hook").orElseThrow();
        sources = hook -> hook.startsWith("dead")
                ? Optional.of(new Source(called(hook), like.forge(), like.liveSecrets()))
                : Optional.empty();
        restartWith(List.of(LONG));
        onTry = () -> {
            if (Thread.currentThread().getName().equals("Bellhop deliveries")
                    && tried.stream().noneMatch("alive"::equals)) {
                atWork.countDown();
                awaitLatch(go);
            }
        };
        put("dead-1", "dead-2", "dead-3", "dead-4", "dead-5");
        dispatcher.wake();
        atWork.await();
        put("alive");
        dispatcher.wake();
        await(() -> tried.contains("alive"));

        assertThat(tried).hasSize(Dispatcher.MOST_ON_ONE_HOST + 1);
        go.countDown();
        await(() -> spool.waiting().isEmpty());
    }

    @Test
    void whileOnHoldDeliveriesWaitInTheSpoolAndGoOnAfterwards() throws Exception {
        onHold = true;
        put("a", "b");
        dispatcher.wake();
        CountDownLatch looked = new CountDownLatch(3);
        restartWith(List.of(LONG), () -> {
            looked.countDown();
            return onHold;
        });
        dispatcher.wake();
        looked.await();
        assertThat(tried).isEmpty();
        assertThat(spool.waiting()).hasSize(2);

        onHold = false;
        await(() -> spool.waiting().isEmpty());
        assertThat(tried).containsExactlyInAnyOrder("a", "b");
    }

    /** Its own pause would be over at once. */
    @Test
    void aForgeThatLimitsItsRateIsAskedAgainWhenItSaysAndNotBefore() throws Exception {
        dispatcher.close();
        fakes.job("app").watch = fakes.jobs.get(0).watch.withOnlyPullRequests(true);
        fakes.api.limitedUntil = Optional.of(fakes.clock.instant().plus(LONG));
        dispatcher =
                new Dispatcher(spool, fakes.handler(), fakes.sources(), () -> false, List.of(Duration.ZERO), SHORT);
        spool.put(Payloads.push("feature").withId("1").verified());
        dispatcher.wake();
        await(() -> !fakes.log.isEmpty());
        spool.put(Payloads.ping().withId("2").verified());
        dispatcher.wake();
        await(() -> fakes.log.size() == 2);

        assertThat(fakes.log).extracting(Entry::outcome).containsExactly(Entry.Outcome.FAILED, Entry.Outcome.IGNORED);
        await(() -> spool.waiting().size() == 1);
    }

    @Test
    void aForgeThatCanNotBeLookedAtIsLeftAloneForAsLongAsItSays() {
        Source source = fakes.sources().find("hook").orElseThrow();
        dispatcher.close();
        dispatcher = new Dispatcher(spool, fakes.handler(), fakes.sources(), () -> false, List.of(LONG), SHORT);
        CountDownLatch done = new CountDownLatch(3);
        assertThat(dispatcher.catchUp(source, done::countDown)).isZero();
        fakes.api.down = true;
        assertThat(dispatcher.catchUp(source, done::countDown)).isEqualTo(CatchUp.ROUND);
        fakes.api.limitedUntil = Optional.of(fakes.clock.instant().plus(Duration.ofMinutes(5)));
        assertThat(dispatcher.catchUp(source, done::countDown)).isEqualTo(Duration.ofMinutes(5));
        awaitLatch(done);
    }

    @Test
    void whileOnHoldNoForgeIsAskedWhatWasMissed() throws Exception {
        dispatcher.close();
        dispatcher = new Dispatcher(spool, fakes.handler(), fakes.sources(), () -> true, List.of(LONG), SHORT);
        CountDownLatch done = new CountDownLatch(1);
        assertThat(dispatcher.catchUp(fakes.sources().find("hook").orElseThrow(), done::countDown))
                .isEqualTo(SHORT);
        done.await();

        assertThat(fakes.api.asked).isEmpty();
    }

    private void allOfOneConnection() {
        Source one = fakes.sources().find("hook").orElseThrow();
        sources = hook -> Optional.of(one);
        restartWith(List.of(LONG));
    }

    private static Connection called(String id) {
        Connection like = Fakes.CONNECTION;
        return new Connection(
                id,
                like.repository(),
                like.sshUrl(),
                like.defaultBranch(),
                like.publicKey(),
                like.keyId(),
                like.hookId());
    }

    @Test
    void closingLetsTheOneAtWorkFinishAndLeavesTheOthersInTheSpool() throws Exception {
        allOfOneConnection();
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
        assertThat(spool.waiting()).hasSize(2);
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
        restartWith(pauses, () -> onHold);
    }

    private void restartWith(List<Duration> pauses, BooleanSupplier holds) {
        dispatcher.close();
        dispatcher = dispatcher(pauses, holds);
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
