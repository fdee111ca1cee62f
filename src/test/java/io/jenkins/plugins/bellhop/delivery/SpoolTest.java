package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.bellhop.delivery.Spool.Outcome;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final long SMALL_SEGMENT = 1_000;

    @TempDir
    private Path temporary;

    private Path directory;
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        directory = temporary.resolve("spool");
        spool = new Spool(directory);
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    @Test
    void aStoredDeliveryWaitsAndCanBeRead() throws IOException {
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.STORED);
        assertThat(ids(spool)).containsExactly("1");
    }

    @Test
    void deliveriesWaitInTheOrderTheyCameAlsoAfterARestart() throws IOException {
        for (String id : List.of("c", "a", "b")) {
            spool.put(delivery(id));
        }
        restart();
        spool.put(delivery("0"));

        assertThat(ids(spool)).containsExactly("c", "a", "b", "0");
    }

    @Test
    void whatWaitsAfterANameIsWhatCameLater() throws IOException {
        put("1", "2");
        String second = spool.waiting().get(1);
        spool.put(Signed.push("{}").withHook("another").withId("3").verified());

        assertThat(spool.waitingAfter("")).hasSize(3);
        assertThat(spool.waitingAfter(second)).singleElement().satisfies(waiting -> {
            assertThat(waiting.hookId()).isEqualTo("another");
            assertThat(spool.read(waiting.name()).id()).isEqualTo(new DeliveryId("3"));
        });
    }

    @Test
    void anArrivalLiesBetweenTheNamesBeforeAndAfterItAlsoAfterARestart() throws IOException {
        put("1");
        String first = spool.arrival();
        restart();
        String second = spool.arrival();
        put("2");

        assertThat(spool.waiting().get(0)).isLessThan(first);
        assertThat(first).isLessThan(second);
        assertThat(second).isLessThan(spool.waiting().get(1));
    }

    @Test
    void aRepeatedDeliveryWaitsOnce() throws IOException {
        put("1");

        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.REPEATED);
        restart();
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.REPEATED);
        assertThat(ids(spool)).containsExactly("1");
    }

    @Test
    void twoHooksMayUseTheSameId() throws IOException {
        put("1");

        assertThat(spool.put(Signed.push("{}").withHook("another").withId("1").verified()))
                .isEqualTo(Outcome.STORED);
    }

    @Test
    void oneThatLedToBuildsIsNotTakenAgainAlsoAfterARestart() throws IOException {
        put("1");
        spool.done(spool.waiting().get(0), true);

        assertThat(spool.waiting()).isEmpty();
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.REPEATED);
        restart();
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.REPEATED);
    }

    @Test
    void oneThatLedToBuildsIsRememberedWhenItsPartOfTheJournalIsGone() throws IOException {
        reopen(SMALL_SEGMENT);
        put("1");
        spool.done(spool.waiting().get(0), true);
        for (int number = 0; number < KeptDeliveries.MOST + 20; number++) {
            put("other-" + number);
            spool.done(spool.waiting().get(0), false);
        }
        assertThat(directory.resolve("0000000001.journal")).doesNotExist();

        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.REPEATED);
        restart();
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.REPEATED);
    }

    @Test
    void oneThatLedToNoBuildIsTakenAgain() throws IOException {
        put("1");
        spool.done(spool.waiting().get(0), false);

        assertThat(spool.waiting()).isEmpty();
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.STORED);
        assertThat(ids(spool)).containsExactly("1");
        restart();
        assertThat(ids(spool)).containsExactly("1");
    }

    @Test
    void oneThatIsDoneDoesNotWaitAfterARestart() throws IOException {
        put("1", "2");
        spool.done(spool.waiting().get(0), false);
        restart();

        assertThat(ids(spool)).containsExactly("2");
    }

    @Test
    void aFullSpoolTakesNoMoreUntilOneIsDone() throws IOException {
        reopen(2, Spool.LARGEST);
        put("1");
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.STORED);
        assertThat(spool.put(delivery("3"))).isEqualTo(Outcome.FULL);
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.REPEATED);

        spool.done(spool.waiting().get(0), true);
        assertThat(spool.put(delivery("3"))).isEqualTo(Outcome.STORED);
        assertThat(spool.put(delivery("4"))).isEqualTo(Outcome.FULL);
    }

    @Test
    void aSpoolOfTheLargestSizeTakesNotAByteMoreUntilOneIsDone() throws IOException {
        reopen(Spool.MOST_WAITING, 2 * size(delivery("1")));
        put("1");
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.STORED);
        spool.done(spool.waiting().get(0), false);

        assertThat(spool.put(Signed.push("{} ").withId("3").verified())).isEqualTo(Outcome.FULL);
        assertThat(spool.put(delivery("3"))).isEqualTo(Outcome.STORED);
        assertThat(spool.put(delivery("4"))).isEqualTo(Outcome.FULL);
    }

    @Test
    void whatWaitedBeforeARestartCountsAfterIt() throws IOException {
        long one = size(delivery("1"));
        put("1");

        reopen(1, Spool.LARGEST);
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.FULL);
        reopen(2, 2 * one - 1);
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.FULL);
        reopen(2, 2 * one);
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.STORED);
    }

    @Test
    void holdsTenThousandDeliveries() throws IOException {
        spool.close();
        Path journal = directory.resolve("0000000001.journal");
        try (Disk.Output output = Disk.REAL.create(journal)) {
            output.write(new byte[] {'B', 'H', 'J', '1'});
            for (int number = 1; number < Spool.MOST_WAITING; number++) {
                JournalRecord one = JournalRecord.stored(number, Instant.EPOCH, delivery("old-" + number));
                output.write(one.head());
                output.write(one.body());
            }
        }
        spool = new Spool(directory);

        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.STORED);
        assertThat(spool.waiting()).hasSize(10_000);
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.FULL);
    }

    @Test
    void holdsOneGibibyte() {
        assertThat(Spool.LARGEST).isEqualTo(1_073_741_824);
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Path notes = Files.writeString(directory.resolve("notes.txt"), "keep me");
        restart();

        assertThat(spool.waiting()).isEmpty();
        assertThat(notes).exists();
    }

    @Test
    void whatIsGoneFromTheDiskIsAnIoFailureAndCanBeGivenUp() throws IOException {
        put("1");
        String name = spool.waiting().get(0);
        Files.delete(directory.resolve("0000000001.journal"));

        assertThatThrownBy(() -> spool.read(name)).isInstanceOf(IOException.class);
        spool.done(name, false);
        assertThat(spool.waiting()).isEmpty();
    }

    @Test
    void whatNeverWaitedCanNotBeReadAndIsDoneAlready() throws IOException {
        String name = SpoolFile.name(1, "0".repeat(32));

        assertThatThrownBy(() -> spool.read(name)).hasMessageStartingWith("expected a delivery that waits, found none");
        spool.done(name, true);
    }

    @Test
    void beingDoneTwiceMakesNoRoomTwice() throws IOException {
        reopen(Spool.MOST_WAITING, size(delivery("1")));
        put("1");
        String name = spool.waiting().get(0);
        spool.done(name, false);
        spool.done(name, false);

        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.STORED);
        assertThat(spool.put(delivery("3"))).isEqualTo(Outcome.FULL);
    }

    @Test
    void onlyTheOwnerMayReadTheSpool() throws IOException {
        assumeThat(Files.getFileStore(temporary).supportsFileAttributeView("posix"))
                .isTrue();
        reopen(SMALL_SEGMENT);
        for (int number = 0; number < KeptDeliveries.MOST + 20; number++) {
            put("id-" + number);
            spool.done(spool.waiting().get(0), true);
        }

        assertThat(mode(directory)).isEqualTo("rwx------");
        assertThat(files())
                .contains("built", "lock", "sequence")
                .allSatisfy(file -> assertThat(mode(directory.resolve(file))).isEqualTo("rw-------"));
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsRefusedUntilTheFirstIsClosed() throws IOException {
        assertThatThrownBy(() -> new Spool(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected that nobody else uses " + directory)
                .hasMessageContaining("another Jenkins");
        spool.close();
        spool = new Spool(directory);
    }

    @Test
    void oneThatLetGoStoresWhatComesUntilItEnds() throws IOException {
        spool.letGo();
        put("1");
        spool.close();
        spool = new Spool(directory);

        assertThat(ids(spool)).containsExactly("1");
    }

    @Test
    void aClosedOneTakesNothing() throws IOException {
        put("1");
        spool.close();

        assertThatThrownBy(() -> spool.put(delivery("2"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> spool.done(spool.waiting().get(0), false)).isInstanceOf(IOException.class);
        spool = new Spool(directory);
        assertThat(ids(spool)).containsExactly("1");
    }

    @Test
    void theJournalGoesOnceNobodyNeedsIt() throws IOException {
        reopen(SMALL_SEGMENT);
        for (int number = 0; number < 3 * KeptDeliveries.MOST; number++) {
            put("id-" + number);
            spool.done(spool.waiting().get(0), false);
        }
        long perDelivery = size(delivery("id-1000"))
                + JournalRecord.done(1, "0".repeat(32), false).size();

        assertThat(journalBytes()).isLessThan((KeptDeliveries.MOST + 20) * perDelivery);
        restart();
        assertThat(spool.kept().ofHook("hook", 2_000)).hasSize(KeptDeliveries.MOST);
    }

    /** Otherwise a delivery that is tried again for a day keeps all that came after it. */
    @Test
    void oneThatWaitsForLongIsMovedBehindWhatIsDone() throws IOException {
        reopen(SMALL_SEGMENT);
        put("waits", "waits-too");
        String waits = spool.waiting().get(0);
        byte[] large = new byte[5 << 20];
        for (int number = 0; number < 30; number++) {
            spool.put(Signed.push("").withId("large-" + number).withBody(large).verified());
            spool.done(spool.waiting().get(2), false);
        }

        assertThat(directory.resolve("0000000001.journal")).doesNotExist();
        assertThat(journalBytes()).isLessThan(KeptDeliveries.LARGEST + large.length + 10 * SMALL_SEGMENT);
        assertThat(spool.waiting()).first().isEqualTo(waits);
        assertThat(ids(spool)).containsExactly("waits", "waits-too");
        restart();
        assertThat(spool.waiting()).first().isEqualTo(waits);
        assertThat(ids(spool)).containsExactly("waits", "waits-too");
        spool.done(waits, true);
        restart();
        assertThat(ids(spool)).containsExactly("waits-too");
    }

    private long journalBytes() throws IOException {
        long bytes = 0;
        for (String file : files()) {
            bytes += file.endsWith(".journal") ? Files.size(directory.resolve(file)) : 0;
        }
        return bytes;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void put(String... ids) throws IOException {
        for (String id : ids) {
            assertThat(spool.put(delivery(id))).isEqualTo(Outcome.STORED);
        }
    }

    private void restart() throws IOException {
        reopen(Spool.MOST_WAITING, Spool.LARGEST);
    }

    private void reopen(long segment) throws IOException {
        spool.close();
        spool = new Spool(directory, Spool.MOST_WAITING, Spool.LARGEST, Disk.REAL, segment);
    }

    private void reopen(int mostWaiting, long mostBytes) throws IOException {
        spool.close();
        spool = new Spool(directory, mostWaiting, mostBytes);
    }

    private static long size(VerifiedDelivery delivery) throws IOException {
        return JournalRecord.stored(1, Instant.EPOCH, delivery).size();
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

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
