package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void emptyDirectoryHasNone(JenkinsRule jenkins) throws IOException {
        assertThat(new ConnectionFiles(directory.resolve("new")).all()).isEmpty();
    }
}
