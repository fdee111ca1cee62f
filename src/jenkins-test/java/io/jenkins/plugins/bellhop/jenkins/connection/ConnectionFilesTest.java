package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.MachineKey;
import io.jenkins.plugins.bellhop.connect.RetiredKey;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A connection's file that somebody spoilt is left as it is, and spoils nothing else. */
@WithJenkins
class ConnectionFilesTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bellhop-connection><id>a</id></bellhop-connection>",
                "<bellhop-connection><id>a</id><items/><formerNames/></bellhop-connection>",
                "<bellhop-connection><id>a",
                "<string>a</string>"
            })
    void damagedFileIsLeftAloneAndNotUsed(String content, JenkinsRule jenkins) throws IOException {
        Path file = Files.writeString(directory.resolve("a.xml"), content);

        ConnectionFiles files = new ConnectionFiles(directory);
        assertThat(files.all()).isEmpty();
        assertThat(file).hasContent(content);
        assertThat(files.unreadable()).containsExactly("a.xml");
        Files.delete(file);
        assertThat(files.unreadable()).isEmpty();
    }

    /** Its name tells whose it was, when its content doesn't any more. */
    @Test
    void fileThatCannotBeReadIsNotWrittenOverByTheNextConnectionOfItsName(JenkinsRule jenkins) throws Exception {
        RepositoryId repository = new RepositoryId("github.com", "1001", new RepositoryName("acme", "app"));
        Path file = Files.writeString(directory.resolve(Connection.idOf(repository) + ".xml"), "");
        ConnectionFiles files = new ConnectionFiles(directory);

        assertThatThrownBy(() -> files.madeWith(new StoredConnection.Credentials("token", "app"), Instant.EPOCH)
                        .find(repository))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.getFileName().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bellhop-user-key><id>a</id></bellhop-user-key>",
                "<bellhop-shared-key><id>a",
                "<string>a</string>"
            })
    void damagedFilesOfUserAndSharedKeysAreNamed(String content, JenkinsRule jenkins) throws IOException {
        Path file = Files.writeString(directory.resolve("a.xml"), content);

        UserKeyFiles users = new UserKeyFiles(directory);
        SharedKeyFiles shared = new SharedKeyFiles(directory);
        assertThat(users.all()).isEmpty();
        assertThat(shared.all()).isEmpty();
        assertThat(users.unreadable()).containsExactly("a.xml");
        assertThat(shared.unreadable()).containsExactly("a.xml");
        Files.delete(file);
        assertThat(users.unreadable()).isEmpty();
        assertThat(shared.unreadable()).isEmpty();
    }

    /** Without it the former key would be forgotten, and stay at the forge. */
    @Test
    void formerKeyThatCannotBeReadMakesTheFileUnreadable(JenkinsRule jenkins) throws Exception {
        MachineKey key = new MachineKey(
                "a",
                "github.com",
                "bot",
                SshKeyPair.ed25519("test"),
                Optional.of("1"),
                Instant.EPOCH,
                Optional.empty(),
                List.of(new RetiredKey(SshKeyPair.ed25519("former").publicKey(), Instant.EPOCH)),
                Map.of(),
                false);
        new UserKeyFiles(directory).madeWith("token", Grants.NOBODY).save(key);
        assertThat(new UserKeyFiles(directory).all()).hasSize(1);
        Path file = directory.resolve("a.xml");
        assertThat(file).content().contains("<bellhop-user-key>").doesNotContain("revoked");
        String spoilt = Files.readString(file).replaceAll("<long>0</long>", "<long>spoilt</long>");
        Files.writeString(file, spoilt);

        UserKeyFiles read = new UserKeyFiles(directory);

        assertThat(read.all()).isEmpty();
        assertThat(read.unreadable()).containsExactly("a.xml");
        assertThat(file).hasContent(spoilt);
    }

    @Test
    void emptyDirectoryHasNone(JenkinsRule jenkins) throws IOException {
        assertThat(new ConnectionFiles(directory.resolve("new")).all()).isEmpty();
    }
}
