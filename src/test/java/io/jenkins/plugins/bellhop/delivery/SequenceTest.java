package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceTest {

    private static final long IN_THE_YEAR_2100 = 4_102_444_800_000_000L;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("sequence");
    }

    @Test
    void startsNoEarlierThanTheTimeWhichEarlierVersionsWentBy() {
        long before = System.currentTimeMillis() * 1_000;

        assertThat(new Sequence(file).next()).isGreaterThan(before).isLessThan(IN_THE_YEAR_2100);
    }

    @Test
    void growsOverARestartWithTheClockSetBack() throws IOException {
        Files.writeString(file, Long.toString(IN_THE_YEAR_2100));
        long first = new Sequence(file).next();

        assertThat(first).isGreaterThan(IN_THE_YEAR_2100);
        assertThat(new Sequence(file).next()).isGreaterThan(first);
    }

    @Test
    void writesDownANewLimitBeforeItIsPassed() throws IOException {
        Sequence sequence = new Sequence(file);
        long last = 0;
        for (long number = 0; number <= Sequence.STEP + 1; number++) {
            last = sequence.next();
        }

        assertThat(Long.parseLong(Files.readString(file))).isGreaterThanOrEqualTo(last);
        assertThat(new Sequence(file).next()).isGreaterThan(last);
    }

    @Test
    void startsAfterWhatIsKnownToBeUsed() {
        Sequence sequence = new Sequence(file);
        sequence.isUsed(IN_THE_YEAR_2100);
        sequence.isUsed(7);

        assertThat(sequence.next()).isEqualTo(IN_THE_YEAR_2100 + 1);
    }

    @Test
    void doesWithoutAFileThatCanNotBeRead() throws IOException {
        for (String rubbish : List.of("", "x", "-1", "9".repeat(30))) {
            Files.writeString(file, rubbish);
            assertThat(new Sequence(file).next()).isLessThan(IN_THE_YEAR_2100);
        }
    }

    @Test
    void noNumberIsGivenTwice() {
        Sequence sequence = new Sequence(file);
        long distinct = IntStream.range(0, 10_000)
                .parallel()
                .mapToLong(any -> sequence.next())
                .distinct()
                .count();

        assertThat(distinct).isEqualTo(10_000);
    }
}
