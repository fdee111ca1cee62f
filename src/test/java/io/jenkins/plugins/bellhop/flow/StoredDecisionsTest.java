package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.support.Quiet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredDecisionsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("bellhop").resolve("decisions");
    }

    @Test
    void outlivesARestart() throws IOException {
        Entry refused = new Entry(
                "c", Optional.empty(), Optional.empty(), "request", Outcome.REFUSED, "Refused: \"no\" signature.\nÄ");
        try (StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            log.add(entry(1));
            log.add(refused);
        }

        try (StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            assertThat(log.find(dated -> true, 10))
                    .containsExactly(
                            new StoredDecisions.Dated(CLOCK.instant(), refused),
                            new StoredDecisions.Dated(CLOCK.instant(), entry(1)));
        }
    }

    @Test
    void keepsAsManyAsItMayAndForgetsTheOldestForOneMore() throws IOException {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            for (int i = 0; i <= StoredDecisions.MOST; i++) {
                log.add(entry(i));
            }
            assertThat(log.find(dated -> true, Integer.MAX_VALUE))
                    .hasSize(StoredDecisions.MOST)
                    .extracting(dated -> dated.entry().event())
                    .startsWith("push " + StoredDecisions.MOST)
                    .endsWith("push 1");
        }
    }

    @Test
    void theFileStaysWithinTwiceTheBound() throws IOException {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, 3)) {
            for (int i = 0; i < 100; i++) {
                log.add(entry(i));
                assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(6);
            }
        }
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, 3)) {
            assertThat(events(log)).containsExactly("push 99", "push 98", "push 97");
        }
    }

    @Test
    void aLineThatCantBeReadIsLeftOut() throws IOException {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            log.add(entry(1));
        }
        Files.writeString(file, "{\"at\":\"yesterday\"}\ncut sho", StandardOpenOption.APPEND);

        try (Quiet quiet = Quiet.logger(StoredDecisions.class);
                StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            assertThat(events(log)).containsExactly("push 1");
        }
    }

    @Test
    void aLineThatWasCutWithinACharacterIsLeftOut() throws IOException {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            log.add(entry(1));
        }
        Files.write(file, new byte[] {'{', '"', (byte) 0xe2, (byte) 0x80}, StandardOpenOption.APPEND);
        Files.write(file.resolveSibling("decisions.unfinished"), new byte[] {1});

        try (Quiet quiet = Quiet.logger(StoredDecisions.class);
                StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            assertThat(events(log)).containsExactly("push 1");
            log.add(entry(2));
            assertThat(events(log)).containsExactly("push 2", "push 1");
        }
    }

    @Test
    void aFileThatCantBeReadKeepsNothingFromStarting() throws IOException {
        Files.createDirectories(file.resolve("child"));

        try (Quiet quiet = Quiet.logger(StoredDecisions.class);
                StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            log.add(entry(1));
            assertThat(events(log)).containsExactly("push 1");
        }
    }

    @Test
    void findsThoseOfAJobAndThoseOfNoJob() throws IOException {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            log.add(new Entry("c", Optional.of("1"), Optional.of("app"), "mine", Outcome.BUILT, "Built."));
            log.add(new Entry("c", Optional.of("2"), Optional.of("lib"), "other", Outcome.BUILT, "Built."));
            log.add(new Entry("d", Optional.of("3"), Optional.of("app"), "elsewhere", Outcome.BUILT, "Built."));
            log.add(new Entry("c", Optional.of("4"), Optional.empty(), "nobody's", Outcome.SKIPPED, "Not built."));

            assertThat(log.of("c", "app", 10))
                    .extracting(dated -> dated.entry().event())
                    .containsExactly("nobody's", "mine");
            assertThat(log.of("c", "app", 1)).hasSize(1);
        }
    }

    private static List<String> events(StoredDecisions log) {
        return log.find(dated -> true, 100).stream()
                .map(dated -> dated.entry().event())
                .toList();
    }

    private static Entry entry(int number) {
        return new Entry(
                "c", Optional.of("delivery-" + number), Optional.of("app"), "push " + number, Outcome.BUILT, "Built.");
    }
}
