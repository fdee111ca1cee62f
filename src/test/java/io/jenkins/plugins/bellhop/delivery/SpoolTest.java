package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.bellhop.delivery.Spool.Outcome;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void nameTheDirectory() {
        directory = temporary.resolve("spool");
    }

    @Test
    void aStoredDeliveryWaitsAndCanBeRead() throws IOException {
        Spool spool = new Spool(directory);

        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.STORED);
        assertThat(ids(spool)).containsExactly("1");
    }

    @Test
    void deliveriesWaitInTheOrderTheyCameAlsoAfterARestart() throws IOException {
        Spool before = new Spool(directory);
        for (String id : List.of("c", "a", "b")) {
            before.put(delivery(id));
        }
        Spool after = new Spool(directory);
        after.put(delivery("0"));

        assertThat(ids(after)).containsExactly("c", "a", "b", "0");
    }

    @Test
    void aRepeatedDeliveryWaitsOnce() throws IOException {
        Spool spool = new Spool(directory);
        spool.put(delivery("1"));

        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.REPEATED);
        assertThat(new Spool(directory).put(delivery("1"))).isEqualTo(Outcome.REPEATED);
        assertThat(ids(spool)).containsExactly("1");
    }

    @Test
    void twoHooksMayUseTheSameId() throws IOException {
        Spool spool = new Spool(directory);
        spool.put(delivery("1"));

        assertThat(spool.put(Signed.push("{}").withHook("another").withId("1").verified()))
                .isEqualTo(Outcome.STORED);
    }

    @Test
    void oneThatLedToBuildsIsNotTakenAgainAlsoAfterARestart() throws IOException {
        Spool spool = new Spool(directory);
        spool.put(delivery("1"));
        spool.done(spool.waiting().get(0), true);

        assertThat(spool.waiting()).isEmpty();
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.REPEATED);
        assertThat(new Spool(directory).put(delivery("1"))).isEqualTo(Outcome.REPEATED);
    }

    @Test
    void oneThatLedToNoBuildIsTakenAgain() throws IOException {
        Spool spool = new Spool(directory);
        spool.put(delivery("1"));
        spool.done(spool.waiting().get(0), false);

        assertThat(spool.waiting()).isEmpty();
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.STORED);
        assertThat(ids(spool)).containsExactly("1");
    }

    @Test
    void oneThatIsDoneDoesNotWaitAfterARestart() throws IOException {
        Spool spool = new Spool(directory);
        spool.put(delivery("1"));
        spool.done(spool.waiting().get(0), false);

        assertThat(new Spool(directory).waiting()).isEmpty();
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("built", "kept");
    }

    @Test
    void aFullSpoolTakesNoMoreUntilOneIsDone() throws IOException {
        Spool spool = new Spool(directory, 2, Spool.LARGEST);
        spool.put(delivery("1"));
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.STORED);
        assertThat(spool.put(delivery("3"))).isEqualTo(Outcome.FULL);
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.REPEATED);

        spool.done(spool.waiting().get(0), true);
        assertThat(spool.put(delivery("3"))).isEqualTo(Outcome.STORED);
        assertThat(spool.put(delivery("4"))).isEqualTo(Outcome.FULL);
    }

    @Test
    void aSpoolOfTheLargestSizeTakesNotAByteMoreUntilOneIsDone() throws IOException {
        long one = SpoolFile.write(delivery("1")).length;
        Spool spool = new Spool(directory, Spool.MOST_WAITING, 2 * one);
        spool.put(delivery("1"));
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.STORED);
        spool.done(spool.waiting().get(0), false);

        assertThat(spool.put(Signed.push("{} ").withId("3").verified())).isEqualTo(Outcome.FULL);
        assertThat(spool.put(delivery("3"))).isEqualTo(Outcome.STORED);
        assertThat(spool.put(delivery("4"))).isEqualTo(Outcome.FULL);
    }

    @Test
    void whatWaitedBeforeARestartCountsAfterIt() throws IOException {
        long one = SpoolFile.write(delivery("1")).length;
        new Spool(directory).put(delivery("1"));

        assertThat(new Spool(directory, 1, Spool.LARGEST).put(delivery("2"))).isEqualTo(Outcome.FULL);
        assertThat(new Spool(directory, 2, 2 * one - 1).put(delivery("2"))).isEqualTo(Outcome.FULL);
        assertThat(new Spool(directory, 2, 2 * one).put(delivery("2"))).isEqualTo(Outcome.STORED);
    }

    @Test
    void holdsTenThousandDeliveries() throws IOException {
        Durable.directory(directory);
        for (int i = 1; i < Spool.MOST_WAITING; i++) {
            Files.createFile(directory.resolve(SpoolFile.name(i, String.format("%032x", i))));
        }
        Spool spool = new Spool(directory);

        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.STORED);
        assertThat(spool.waiting()).hasSize(10_000);
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.FULL);
    }

    @Test
    void holdsOneGibibyte() throws IOException {
        Durable.directory(directory);
        long rest = SpoolFile.write(delivery("1")).length;
        // Sparse: the file system only says that it is that large.
        try (RandomAccessFile file = new RandomAccessFile(
                directory.resolve(SpoolFile.name(1, "0".repeat(32))).toFile(), "rw")) {
            file.setLength((1L << 30) - rest);
        }
        Spool spool = new Spool(directory);

        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.STORED);
        assertThat(spool.put(delivery("2"))).isEqualTo(Outcome.FULL);
    }

    @Test
    void whatACrashLeftHalfWrittenIsRemovedAndNotHandled() throws IOException {
        Spool before = new Spool(directory);
        before.put(delivery("1"));
        Path half = directory.resolve(SpoolFile.name(2, "f".repeat(32)) + ".unfinished");
        Files.write(half, new byte[] {'B', 'H'});
        Spool after = new Spool(directory);

        assertThat(half).doesNotExist();
        assertThat(ids(after)).containsExactly("1");
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Path notes = Files.writeString(Durable.directory(directory).resolve("notes.txt"), "keep me");

        assertThat(new Spool(directory).waiting()).isEmpty();
        assertThat(notes).exists();
    }

    @Test
    void aDeliveryThatCouldNotBeStoredCanBeSentAgain() throws IOException {
        Spool spool = new Spool(directory, 1, Spool.LARGEST);
        Path aside = Files.move(directory, directory.resolveSibling("aside"));

        assertThatThrownBy(() -> spool.put(delivery("1"))).isInstanceOf(IOException.class);
        assertThat(spool.waiting()).isEmpty();
        Files.move(aside, directory);
        assertThat(spool.put(delivery("1"))).isEqualTo(Outcome.STORED);
    }

    @Test
    void anUnreadableFileIsAnIoFailureAndCanBeGivenUp() throws IOException {
        Spool before = new Spool(directory);
        before.put(delivery("1"));
        Files.write(directory.resolve(before.waiting().get(0)), new byte[] {1, 2, 3});
        Spool after = new Spool(directory);
        String name = after.waiting().get(0);

        assertThatThrownBy(() -> after.read(name)).isInstanceOf(IOException.class);
        after.done(name, false);
        assertThat(after.waiting()).isEmpty();
    }

    @Test
    void oneWhoseFileIsGoneIsAnIoFailureAndCanBeGivenUp() throws IOException {
        Spool spool = new Spool(directory);
        spool.put(delivery("1"));
        String name = spool.waiting().get(0);
        Files.delete(directory.resolve(name));

        assertThatThrownBy(() -> spool.read(name)).isInstanceOf(IOException.class);
        spool.done(name, false);
        assertThat(spool.waiting()).isEmpty();
    }

    @Test
    void beingDoneTwiceMakesNoRoomTwice() throws IOException {
        long one = SpoolFile.write(delivery("1")).length;
        Spool spool = new Spool(directory, Spool.MOST_WAITING, one);
        spool.put(delivery("1"));
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
        Spool spool = new Spool(directory);
        spool.put(delivery("1"));
        spool.put(delivery("2"));
        spool.done(spool.waiting().get(0), true);

        assertThat(mode(directory)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file ->
                            assertThat(mode(file)).isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
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
