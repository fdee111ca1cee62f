package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void theDirectoryAndItsFilesAreTheOwnersAlone() throws IOException {
        try (KeyDirectory directory = KeyDirectory.create(parent)) {
            Path file = directory.write("identity", "secret\n");

            assertThat(permissions(directory.path())).isEqualTo("rwx------");
            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(file).hasContent("secret\n").hasParent(directory.path());
            assertThat(directory.path().getFileName().toString()).startsWith(KeyDirectory.PREFIX);
        }
    }

    @Test
    void aFileHasItsModeBeforeItHasContent() throws IOException {
        Path file = Files.createFile(parent.resolve("new"), OwnerOnly.file(parent.getFileSystem()));

        assertThat(file).isEmptyFile();
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void closingRemovesEverythingAndTwiceIsOnce() throws IOException {
        Path outside = Files.writeString(parent.resolve("outside"), "stays");
        KeyDirectory directory = KeyDirectory.create(parent);
        directory.write("identity", "secret");
        Files.createDirectories(directory.path().resolve("sub/sub"));
        Files.writeString(directory.path().resolve("sub/sub/file"), "of ssh");
        Files.createSymbolicLink(directory.path().resolve("link"), outside);

        directory.close();
        directory.close();

        assertThat(directory.path()).doesNotExist();
        assertThat(outside).hasContent("stays");
    }

    @Test
    void sweepingRemovesWhatACrashLeftAndNothingElse() throws IOException {
        KeyDirectory left = KeyDirectory.create(parent);
        left.write("identity", "secret");
        Files.createDirectories(left.path().resolve("sub"));
        Path other = Files.writeString(parent.resolve("other"), "stays");

        KeyDirectory.sweep(parent);

        assertThat(parent).isDirectoryNotContaining(found -> !found.equals(other));
        assertThat(other).hasContent("stays");
    }

    @Test
    void isRemovedWhenWritingFails() throws IOException {
        assertThatThrownBy(() -> {
                    try (KeyDirectory directory = KeyDirectory.create(parent)) {
                        directory.write("identity", "secret");
                        directory.write("identity", "another");
                    }
                })
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void needsItsParent() {
        assertThatThrownBy(() -> KeyDirectory.create(parent.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../up", "a/b", "a\\b", "-x", ".hidden", "Upper", "a\nb"})
    void takesPlainNamesOnly(String name) throws IOException {
        try (KeyDirectory directory = KeyDirectory.create(parent)) {
            assertThatThrownBy(() -> directory.write(name, "text")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void namesAndFilesAreBounded() throws IOException {
        try (KeyDirectory directory = KeyDirectory.create(parent)) {
            String largest = "x".repeat(KeyDirectory.LARGEST_FILE);
            String longest = "n".repeat(KeyDirectory.LONGEST_NAME);

            assertThat(directory.write(longest, largest)).hasSize(KeyDirectory.LARGEST_FILE);
            assertThatThrownBy(() -> directory.write("file", largest + "x"))
                    .hasMessage("expected at most 2097152 bytes for a file of a key directory, found 2097153");
            assertThatThrownBy(() -> directory.write(longest + "n", "")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theAccessListForWindowsNamesTheOwnerAlone() throws IOException {
        var owner = Files.getOwner(parent);
        var attribute = OwnerOnly.accessList(owner);

        assertThat(attribute.name()).isEqualTo("acl:acl");
        assertThat(attribute.value()).singleElement().satisfies(entry -> {
            assertThat(entry.principal()).isEqualTo(owner);
            assertThat(entry.permissions()).containsExactlyInAnyOrder(AclEntryPermission.values());
        });
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
