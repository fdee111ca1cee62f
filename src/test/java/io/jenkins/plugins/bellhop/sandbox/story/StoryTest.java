package io.jenkins.plugins.bellhop.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that newcomers run first does what it says, and notices when something doesn't. */
class StoryTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void everyStepOfTheStoryIsAsExpectedAndNothingIsLeftBehind() throws Exception {
        Path sandbox = Files.createDirectory(directory.resolve("sandbox"));

        boolean good = StoryTeller.tell(sandbox, out);

        assertThat(good).as(text()).isTrue();
        assertThat(text()).contains("0 failed").doesNotContain("PRIVATE KEY");
        assertThat(sandbox).doesNotExist();
    }

    @Test
    void stepThatIsNotAsExpectedFailsTheStory() {
        Timeline timeline = new Timeline(out);

        timeline.step("good", notes -> notes.expect("sum", 2, 1 + 1));
        timeline.step("bad", notes -> notes.expect("sum", 3, 1 + 1));
        timeline.step("throws", notes -> {
            throw new IllegalStateException("broken");
        });

        assertThat(timeline.end()).isFalse();
        assertThat(text()).contains("sum: expected 3, found 2", "broken", "1 passed, 2 failed");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
