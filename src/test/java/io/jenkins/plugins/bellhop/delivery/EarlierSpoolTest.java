package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.support.Quiet;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierSpoolTest {

    @TempDir
    private Path directory;

    @Test
    void whatWaitedInFilesOfItsOwnWaitsInItsOrderAndUnderItsName() throws IOException {
        Path second = file(8, delivery("2"));
        Path first = file(7, delivery("1"));
        try (Spool spool = new Spool(directory)) {
            spool.put(delivery("3"));

            assertThat(ids(spool)).containsExactly("1", "2", "3");
            assertThat(spool.waiting()).startsWith(name(first), name(second));
            assertThat(first).doesNotExist();
        }
        try (Spool spool = new Spool(directory)) {
            assertThat(ids(spool)).containsExactly("1", "2", "3");
        }
    }

    @Test
    void aFileThatACrashLeftAfterItWasTakenIsNotTakenAgain() throws IOException {
        Path file = file(7, delivery("1"));
        byte[] content = Files.readAllBytes(file);
        new Spool(directory).close();
        Files.write(file, content);
        try (Spool spool = new Spool(directory)) {
            assertThat(ids(spool)).containsExactly("1");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void whatLedToBuildsIsNotTakenAgain() throws IOException {
        Path file = file(7, delivery("1"));
        Files.writeString(directory.resolve("built"), "\n" + SpoolFile.keyOf(delivery("1")));
        try (Spool spool = new Spool(directory)) {
            assertThat(spool.waiting()).isEmpty();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void whatCanNotBeReadStaysWhereItIs() throws IOException {
        Path broken = Files.write(directory.resolve(SpoolFile.name(6, "a".repeat(32))), new byte[] {1, 2, 3});
        file(7, delivery("1"));
        try (Quiet quiet = Quiet.logger(EarlierSpool.class);
                Spool spool = new Spool(directory)) {
            assertThat(ids(spool)).containsExactly("1");
            assertThat(quiet.messages()).containsExactly("Can't read the delivery in " + broken + "; it is left there");
        }
        assertThat(broken).exists();
    }

    @Test
    void whatACrashLeftHalfWrittenIsRemovedAndNotHandled() throws IOException {
        Path half = Files.write(directory.resolve(SpoolFile.name(2, "f".repeat(32)) + ".unfinished"), new byte[] {'B'});
        try (Spool spool = new Spool(directory)) {
            assertThat(half).doesNotExist();
            assertThat(spool.waiting()).isEmpty();
        }
    }

    private Path file(long number, VerifiedDelivery delivery) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(SpoolFile.head(delivery));
        bytes.write(delivery.body());
        return Files.write(directory.resolve(SpoolFile.name(number, SpoolFile.keyOf(delivery))), bytes.toByteArray());
    }

    private static String name(Path file) {
        return file.getFileName().toString();
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
}
