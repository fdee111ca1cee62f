package io.jenkins.plugins.bellhop.jenkins.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.connect.Finding.Kind;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.support.Quiet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthFilesTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Health UNWELL = new Health(
            NOON,
            List.of(
                    new Finding(Kind.KEY_MISSING, "The key isn't \"there\".", "Choose Repair."),
                    new Finding(Kind.KEY_OLD, "It is old.", "Rotate it.")),
            Optional.of(NOON.minusSeconds(5)),
            Optional.of("acme"));

    @TempDir
    Path directory;

    @Test
    void whatWasFoundSurvivesARestart() throws Exception {
        Health well = new Health(NOON, List.of(), Optional.empty(), Optional.empty());
        HealthFiles files = new HealthFiles(directory);
        files.keep("a", UNWELL);
        files.keep("b", UNWELL);
        files.keep("b", well);

        assertThat(new HealthFiles(directory).all())
                .containsEntry("a", UNWELL)
                .containsEntry("b", well)
                .hasSize(2);
        files.forget("a");
        files.forget("unknown");
        assertThat(new HealthFiles(directory).all()).containsOnlyKeys("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"at\":\"noon\",\"findings\":[]}",
                "{\"at\":\"2026-11-21T12:00:00Z\"}",
                "{\"at\":\"2026-11-21T12:00:00Z\",\"findings\":[{\"kind\":\"OF_A_LATER_VERSION\",\"sentence\":\"\",\"cure\":\"\"}]}"
            })
    void whatCannotBeReadIsLeftOutAndHidesNothingElse(String content) throws Exception {
        HealthFiles files = new HealthFiles(directory);
        files.keep("a", UNWELL);
        Files.writeString(directory.resolve("b.json"), content);

        try (Quiet log = Quiet.logger(HealthFiles.class)) {
            assertThat(files.all()).containsOnlyKeys("a");
            assertThat(log.messages()).hasSize(1);
        }
    }
}
