package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a bundle becomes files, and that nobody else can read one at any moment. */
class KeyBundleTest {

    private static final SshKeyPair APP = SshKeyPair.ed25519("app");
    private static final SshKeyPair LIB = SshKeyPair.ed25519("lib");
    private static final KeyRing RING = Keys.ring(
            Keys.deploy(APP, "git@github.com:owner/app", "git@bitbucket.org:owner/app"),
            Keys.deploy(LIB, "git@github.com:owner/app-lib"));

    @TempDir
    Path parent;

    @Test
    void everyKeyAndEveryServerIsOneFile() throws IOException {
        Path directory = Keys.installed(parent.resolve("made"), RING, HostKeys.pinned(), "ssh -v");

        assertThat(directory.resolve("identity-0")).hasContent(APP.privateText());
        assertThat(directory.resolve("identity-1")).hasContent(LIB.privateText());
        assertThat(directory.resolve("before")).hasContent("ssh -v");
        assertThat(directory.resolve("routes"))
                .hasContent("key github.com 22 any-case owner/app 0\n" + "key bitbucket.org 22 any-case owner/app 1\n"
                        + "key github.com 22 any-case owner/app-lib 2\n");
        assertThat(directory.resolve("known_hosts-0"))
                .hasContent(HostKeys.pinned().fileFor(SshHost.of("github.com")));
        assertThat(names(directory))
                .containsExactlyInAnyOrder(
                        "ssh-for-git",
                        "routes",
                        "before",
                        "identity-0",
                        "identity-1",
                        "known_hosts-0",
                        "known_hosts-1",
                        "config-0",
                        "config-1",
                        "config-2");
    }

    @Test
    void travelsAndIsStillInstalled() throws Exception {
        KeyBundle bundle = KeyBundle.of(RING.routes(), HostKeys.pinned(), "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(bundle);
        KeyBundle arrived =
                (KeyBundle) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        Path directory = parent.toAbsolutePath().resolve(KeyDirectory.newName());
        arrived.installAt(directory);

        assertThat(directory.resolve("identity-1")).hasContent(LIB.privateText());
        assertThat(arrived).hasToString("2 keys");
    }

    @Test
    void nothingStaysWhenWritingFails() throws IOException {
        Path directory = parent.toAbsolutePath().resolve("${x}").resolve(KeyDirectory.newName());

        assertThatThrownBy(
                        () -> KeyBundle.of(RING.routes(), HostKeys.pinned(), "").installAt(directory))
                .hasMessageContaining("${");
        assertThat(directory).doesNotExist();
    }

    @Test
    void directoryThatIsThereAlreadyIsLeftAlone() throws IOException {
        Path directory = Files.createDirectory(parent.toAbsolutePath().resolve(KeyDirectory.newName()));

        assertThatThrownBy(
                        () -> KeyBundle.of(RING.routes(), HostKeys.pinned(), "").installAt(directory))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void onlyADirectoryOfOursIsMadeOrRemoved() {
        for (String name : List.of("other", "bellhop-keys-1", "bellhop-keys-" + "g".repeat(32))) {
            Path other = parent.toAbsolutePath().resolve(name);
            assertThatThrownBy(() -> KeyDirectory.createAt(other)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> KeyDirectory.removeAt(other)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> KeyDirectory.removeAt(Path.of(KeyDirectory.newName())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linkInPlaceOfTheDirectoryIsRemovedAndNotFollowed() throws IOException {
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.writeString(outside.resolve("file"), "stays");
        Path link = parent.toAbsolutePath().resolve(KeyDirectory.newName());
        Files.createSymbolicLink(link, outside);

        KeyDirectory.removeAt(link);

        assertThat(outside.resolve("file")).hasContent("stays");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void whatIsTooLargeIsRefused() {
        String large = "x".repeat(KeyBundle.LARGEST / 2);
        RingKey one = new RingKey(
                RingKey.Kind.DEPLOY, "one", APP.publicKey(), List.of(KeyScope.parse("a/b/c", true)), () -> large);
        RingKey other = new RingKey(
                RingKey.Kind.DEPLOY, "two", LIB.publicKey(), List.of(KeyScope.parse("a/b/d", true)), () -> large + "x");

        assertThat(KeyBundle.of(Keys.ring(one).routes(), HostKeys.pinned(), "")).isNotNull();
        assertThatThrownBy(() -> KeyBundle.of(Keys.ring(one, other).routes(), HostKeys.pinned(), ""))
                .hasMessage("expected at most 4194304 bytes of private keys, found more");
    }

    /** Reads the modes of everything that appears, as fast as it can, while bundles come and go. */
    @Test
    void racingReaderFindsNothingThatOthersMayRead() throws Exception {
        KeyBundle bundle = KeyBundle.of(RING.routes(), HostKeys.pinned(), "");
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Thread reader = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                look(parent, seen);
            }
        });
        reader.start();
        try {
            for (int i = 0; i < 150; i++) {
                Path directory = parent.toAbsolutePath().resolve(KeyDirectory.newName());
                bundle.installAt(directory);
                KeyDirectory.removeAt(directory);
            }
        } finally {
            reader.interrupt();
            reader.join();
        }
        assertThat(seen).isNotEmpty();
        assertThat(seen.stream().distinct()).containsOnly("rwx------", "rw-------");
    }

    private static void look(Path directory, List<String> seen) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)));
                if (Files.isDirectory(entry)) {
                    look(entry, seen);
                }
            }
        } catch (NoSuchFileException e) {
            // Went away meanwhile.
            return;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
