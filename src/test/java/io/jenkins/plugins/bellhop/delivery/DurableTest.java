package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {

    private static final byte[] LONG = new byte[4 * 1024 * 1024];

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("file");
    }

    @Test
    void writesAndReplacesWholeFilesAndLeavesNothingElse() throws IOException {
        Durable.write(file, new byte[] {1, 2, 3});
        Durable.write(file, new byte[] {4});

        assertThat(file).hasBinaryContent(new byte[] {4});
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void onlyTheOwnerMayReadWhatIsWritten() throws IOException {
        assumeThat(Files.getFileStore(directory).supportsFileAttributeView("posix"))
                .isTrue();
        Path made = Durable.directory(directory.resolve("made/below"));
        Durable.write(made.resolve("file"), new byte[] {1});

        assertThat(mode(made)).isEqualTo("rwx------");
        assertThat(mode(made.getParent())).isEqualTo("rwx------");
        assertThat(mode(made.resolve("file"))).isEqualTo("rw-------");
    }

    @Test
    void onlyTheOwnerMayReadWhatIsStillBeingWritten() throws IOException {
        assumeThat(Files.getFileStore(directory).supportsFileAttributeView("posix"))
                .isTrue();
        Set<String> seen = new HashSet<>();
        while (seen.isEmpty()) {
            CompletableFuture<Void> written = CompletableFuture.runAsync(this::writeLong);
            while (!written.isDone()) {
                seen.addAll(modesOfUnfinished());
            }
            written.join();
        }
        assertThat(seen).containsExactly("rw-------");
    }

    @Test
    void aFailedWriteLeavesNothingAndSaysSo() {
        Path nowhere = directory.resolve("missing").resolve("file");

        assertThatThrownBy(() -> Durable.write(nowhere, new byte[] {1})).isInstanceOf(IOException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aWriteThatCannotTakeItsPlaceLeavesWhatWasThere() throws IOException {
        Path occupied = Files.createDirectories(file.resolve("child"));

        assertThatThrownBy(() -> Durable.write(file, new byte[] {1})).isInstanceOf(IOException.class);
        assertThat(occupied).isDirectory();
        assertThat(directory.toFile().list()).containsExactly("file");
    }

    @Test
    void removesWhatACrashLeftHalfWrittenAndNothingElse() throws IOException {
        Durable.write(file, new byte[] {1});
        Files.write(directory.resolve("other.unfinished"), new byte[] {1});
        Durable.removeUnfinished(directory);

        assertThat(directory.toFile().list()).containsExactly("file");
    }

    private void writeLong() {
        try {
            Durable.write(file, LONG);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Set<String> modesOfUnfinished() throws IOException {
        Set<String> modes = new HashSet<>();
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, "*.unfinished")) {
            for (Path path : unfinished) {
                modes.add(mode(path));
            }
        } catch (NoSuchFileException finishedMeanwhile) {
            return modes;
        }
        return modes;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
