package io.jenkins.plugins.bellhop.jenkins.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownHostsFilesTest {

    private final String content = UUID.randomUUID() + "\n";

    @Test
    void oneFileServesForOneContent() throws IOException {
        Path file = KnownHostsFiles.holding(content);

        assertThat(KnownHostsFiles.holding(content)).isEqualTo(file).hasContent(content);
        assertThat(KnownHostsFiles.holding(content + "more")).isNotEqualTo(file).hasContent(content + "more");
    }

    @Test
    void isWrittenAnewWhenItIsGone() throws IOException {
        Files.delete(KnownHostsFiles.holding(content));

        assertThat(KnownHostsFiles.holding(content)).hasContent(content);
    }
}
