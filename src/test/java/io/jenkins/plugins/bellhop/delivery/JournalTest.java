package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.delivery.Spool.Outcome;
import io.jenkins.plugins.bellhop.support.Quiet;
import io.jenkins.plugins.bellhop.support.Seed;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the spool makes of crashes, full disks and disks that fail. */
@Timeout(60)
class JournalTest {

    private static final int THREADS = 8;

    @TempDir
    private Path temporary;

    private final TestDisk disk = new TestDisk();
    private final Quiet quiet = Quiet.logger(Segment.class);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private Path directory;
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        directory = temporary.resolve("spool");
        spool = disk.spool(directory);
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        spool.close();
        quiet.close();
    }

    @Test
    void thoseWhoWaitForTheDiskWaitTogether() throws Exception {
        CountDownLatch firstSyncs = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        disk.onSync = () -> {
            firstSyncs.countDown();
            awaitLatch(go);
        };
        Future<Outcome> first = threads.submit(() -> spool.put(delivery("first")));
        firstSyncs.await();
        List<Future<Outcome>> others = new ArrayList<>();
        List<Thread> waiting = new ArrayList<>();
        for (int number = 1; number < THREADS; number++) {
            String id = "other-" + number;
            others.add(threads.submit(() -> {
                synchronized (waiting) {
                    waiting.add(Thread.currentThread());
                }
                return spool.put(delivery(id));
            }));
        }
        awaitAllIn(waiting, THREADS - 1);
        go.countDown();

        assertThat(first.get()).isEqualTo(Outcome.STORED);
        for (Future<Outcome> other : others) {
            assertThat(other.get()).isEqualTo(Outcome.STORED);
        }
        assertThat(disk.syncs).hasValue(2);
        assertThat(spool.waiting()).hasSize(THREADS);
    }

    private static void awaitAllIn(List<Thread> waiting, int count) throws InterruptedException {
        while (true) {
            synchronized (waiting) {
                if (waiting.size() == count
                        && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void nothingIsReadableBeforeItIsOnDisk() throws Exception {
        List<Integer> seen = new ArrayList<>();
        disk.onSync = () -> seen.add(spool.waiting().size());
        spool.put(delivery("1"));
        spool.put(delivery("2"));

        assertThat(seen).containsExactly(0, 1);
    }

    @Test
    void onlyWhatLedToBuildsHasToWaitForTheDiskWhenItIsDone() throws IOException {
        put("1", "2");
        disk.syncs.set(0);
        spool.done(spool.waiting().get(0), false);
        assertThat(disk.syncs).hasValue(0);
        spool.done(spool.waiting().get(0), true);
        assertThat(disk.syncs).hasValue(1);
    }

    @Test
    void anInterruptedRequestBreaksTheJournalForNobody() throws IOException {
        Thread.currentThread().interrupt();
        put("1");
        assertThat(Thread.interrupted()).isTrue();
        put("2");

        assertThat(ids(reopened())).containsExactly("1", "2");
    }

    @Test
    void onAFullDiskNothingIsAcceptedAndTheJournalGoesOnWhenThereIsRoom() throws IOException {
        put("1");
        for (long room : new long[] {0, 1, 7, 8, 50, 60}) {
            disk.room = room;
            assertThatThrownBy(() -> spool.put(delivery("2")))
                    .as("room for %d bytes", room)
                    .isInstanceOf(IOException.class)
                    .hasRootCauseMessage("No space left on device");
            assertThat(ids(spool)).containsExactly("1");
        }
        disk.room = Long.MAX_VALUE;
        put("2", "3");

        assertThat(ids(spool)).containsExactly("1", "2", "3");
        assertThat(ids(reopened())).containsExactly("1", "2", "3");
    }

    @Test
    void aFullDiskFillsUpWithNoEmptyFiles() throws IOException {
        put("1");
        disk.room = 0;
        for (int number = 0; number < 20; number++) {
            assertThatThrownBy(() -> spool.put(delivery("2"))).isInstanceOf(IOException.class);
        }
        disk.room = 5;
        assertThatThrownBy(() -> spool.put(delivery("2"))).isInstanceOf(IOException.class);

        assertThat(journals()).hasSize(1);
    }

    @Test
    void onAFullDiskADeliveryThatIsDoneWaitsUntilThatCanBeWritten() throws IOException {
        put("1");
        String name = spool.waiting().get(0);
        disk.room = 0;
        assertThatThrownBy(() -> spool.done(name, true)).isInstanceOf(IOException.class);
        assertThat(spool.waiting()).containsExactly(name);
        disk.room = Long.MAX_VALUE;
        spool.done(name, true);

        assertThat(spool.waiting()).isEmpty();
        assertThat(ids(reopened())).isEmpty();
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.REPEATED);
    }

    /** After a failure, Linux takes the pages that could not be written for written: the next success means nothing. */
    @Test
    void whatCouldNotBeSyncedIsNotAcceptedAndNeverAgainIsThatFileWrittenTo() throws IOException {
        put("1");
        disk.syncFails = true;
        assertThatThrownBy(() -> spool.put(delivery("2")))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("Input/output error");
        assertThat(ids(spool)).containsExactly("1");
        long size = Files.size(journals().get(0));
        put("2");

        assertThat(journals()).hasSize(2);
        assertThat(Files.size(journals().get(0))).isEqualTo(size);
        assertThat(ids(reopened())).containsExactly("1", "2");
    }

    @Test
    void allThatWaitedForAFailedSyncAreRefused() throws Exception {
        CountDownLatch firstSyncs = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Future<Outcome> first = threads.submit(() -> {
            disk.onSync = () -> {
                firstSyncs.countDown();
                awaitLatch(go);
            };
            return spool.put(delivery("first"));
        });
        firstSyncs.await();
        List<Thread> waiting = new ArrayList<>();
        List<Future<Outcome>> others = new ArrayList<>();
        for (String id : List.of("a", "b")) {
            others.add(threads.submit(() -> {
                synchronized (waiting) {
                    waiting.add(Thread.currentThread());
                }
                return spool.put(delivery(id));
            }));
        }
        awaitAllIn(waiting, 2);
        disk.onSync = () -> disk.syncFails = true;
        go.countDown();

        assertThat(first.get()).isEqualTo(Outcome.STORED);
        for (Future<Outcome> other : others) {
            assertThatThrownBy(other::get).hasCauseInstanceOf(IOException.class);
        }
        assertThat(ids(spool)).containsExactly("first");
    }

    /** The bytes that could neither be synced nor cut off turn up again; the delivery was sent again meanwhile. */
    @Test
    void aDeliveryThatWasRefusedAndYetIsThereIsNotHandledTwice() throws IOException {
        disk.syncFails = true;
        disk.cutFails = true;
        assertThatThrownBy(() -> spool.put(delivery("1"))).isInstanceOf(IOException.class);
        put("1");
        assertThat(ids(reopened())).containsExactly("1");
        spool.done(spool.waiting().get(0), true);

        assertThat(ids(reopened())).isEmpty();
    }

    @Test
    void aTornTailAtAnyByteIsPassedOverAndNothingElse() throws IOException {
        List<Long> ends = new ArrayList<>();
        for (String id : List.of("1", "2", "3")) {
            spool.put(
                    Signed.push("{\"n\":\"" + id.repeat(20) + "\"}").withId(id).verified());
            ends.add(Files.size(journals().get(0)));
        }
        spool.close();
        byte[] whole = Files.readAllBytes(journals().get(0));
        for (int length = 0; length <= whole.length; length++) {
            int cut = length;
            long acknowledged = ends.stream().filter(end -> end <= cut).count();
            assertThat(ids(opened(Arrays.copyOf(whole, length))))
                    .as("%d bytes", length)
                    .isEqualTo(List.of("1", "2", "3").subList(0, (int) acknowledged));
        }
    }

    @Test
    void aTailOfZerosOrRubbishIsPassedOver() throws IOException {
        put("1");
        spool.close();
        byte[] whole = Files.readAllBytes(journals().get(0));
        Random random = Seed.fresh("JournalTest").random();
        for (int length = 1; length < 200; length += 13) {
            byte[] tail = new byte[length];
            assertThat(ids(opened(joined(whole, tail)))).containsExactly("1");
            random.nextBytes(tail);
            assertThat(ids(opened(joined(whole, tail)))).containsExactly("1");
        }
    }

    @Test
    void aDamagedRecordInTheMidstIsLostAndSaidAndNoOther() throws IOException {
        put("1", "2", "3");
        spool.close();
        byte[] whole = Files.readAllBytes(journals().get(0));
        whole[whole.length / 2] ^= 1;

        assertThat(ids(opened(whole))).containsExactly("1", "3");
        assertThat(quiet.messages()).contains("Passed over a damaged record; if it was a delivery, it is lost");
    }

    @Test
    void anotherKindOfFileIsPassedOver() throws IOException {
        assertThat(ids(opened(new byte[] {'B', 'H', 'J', '9', 0, 0, 0, 9}))).isEmpty();
        assertThat(quiet.messages()).singleElement().asString().endsWith("which is no journal");
    }

    @Test
    void aLengthBeyondAllBoundsIsPassedOverWithoutBelievingIt() throws IOException {
        put("1");
        spool.close();
        byte[] whole = Files.readAllBytes(journals().get(0));
        for (int length : new int[] {JournalRecord.LONGEST + 1, Integer.MAX_VALUE, -1, JournalRecord.SHORTEST - 1}) {
            byte[] tail = ByteBuffer.allocate(40).putInt(length).array();
            assertThat(ids(opened(joined(whole, tail)))).containsExactly("1");
        }
    }

    /** Random puts, ends and restarts: after a cut anywhere, exactly what was written before it counts. */
    @Test
    void whateverHappenedBeforeACutHappened() throws IOException {
        Seed seed = Seed.fresh("JournalTest prefix");
        Random random = seed.random();
        List<String> model = new ArrayList<>();
        List<List<String>> after = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            if (model.isEmpty() || random.nextInt(3) > 0) {
                spool.put(delivery("id-" + step));
                model.add("id-" + step);
            } else {
                int which = random.nextInt(model.size());
                spool.done(spool.waiting().get(which), random.nextBoolean());
                model.remove(which);
            }
            ends.add(Files.size(journals().get(0)));
            after.add(List.copyOf(model));
        }
        spool.close();
        byte[] whole = Files.readAllBytes(journals().get(0));
        for (int cut = 0; cut <= whole.length; cut += 1 + random.nextInt(40)) {
            List<String> expected = List.of();
            for (int step = 0; step < ends.size() && ends.get(step) <= cut; step++) {
                expected = after.get(step);
            }
            assertThat(ids(opened(Arrays.copyOf(whole, cut))))
                    .as("%s, %d bytes", seed, cut)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aNewFileBeginsWhenOneIsLargeEnough() throws IOException {
        spool.close();
        spool = new Spool(directory, Spool.MOST_WAITING, Spool.LARGEST, disk, 100);
        put("1");
        assertThat(journals()).hasSize(1);
        put("2", "3");

        assertThat(journals()).hasSizeBetween(2, 3);
        assertThat(ids(reopened())).containsExactly("1", "2", "3");
    }

    private void put(String... ids) throws IOException {
        for (String id : ids) {
            assertThat(spool.put(delivery(id))).isEqualTo(Outcome.STORED);
        }
    }

    private Spool reopened() throws IOException {
        spool.close();
        spool = disk.spool(directory);
        return spool;
    }

    /** A fresh spool with this journal. */
    private Spool opened(byte[] journal) throws IOException {
        spool.close();
        Path other = Files.createDirectories(temporary.resolve("other"));
        try (Stream<Path> files = Files.list(other)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.write(other.resolve("0000000001.journal"), journal);
        spool = disk.spool(other);
        return spool;
    }

    private List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static VerifiedDelivery delivery(String id) {
        return Signed.push("{}").withId(id).verified();
    }

    private static List<String> ids(Spool spool) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String name : spool.waiting()) {
            ids.add(spool.read(name).id().text());
        }
        return ids;
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
