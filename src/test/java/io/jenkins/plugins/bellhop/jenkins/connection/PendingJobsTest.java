package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingJobsTest {

    @TempDir
    private Path directory;

    @Test
    void areKnownAfterARestart() throws IOException {
        PendingJobs before = new PendingJobs(directory);
        before.add("app");
        before.add("folder/app");
        before.remove("app");

        assertThat(new PendingJobs(directory).all()).containsExactly("folder/app");
    }

    @Test
    void followTheirNamesAlsoWhenTheirFolderIsRenamed() throws IOException {
        PendingJobs pending = new PendingJobs(directory);
        pending.add("folder/app");
        pending.add("folder/sub/app");
        pending.add("folders/app");
        pending.rename("folder", "renamed");
        pending.rename("folders/app", "folders/web");

        assertThat(pending.all()).containsExactly("renamed/app", "renamed/sub/app", "folders/web");
        assertThat(new PendingJobs(directory).all()).isEqualTo(pending.all());
    }
}
