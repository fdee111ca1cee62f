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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredDecisionsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static final UnaryOperator<String> NAMED = connectionId -> "acme/app";

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
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, NAMED)) {
            log.add(entry(1));
            log.add(refused);
        }

        try (StoredDecisions log = new StoredDecisions(file, CLOCK, NAMED)) {
            assertThat(log.find(dated -> true, 10))
                    .containsExactly(
                            new StoredDecisions.Dated(CLOCK.instant(), refused, "acme/app"),
                            new StoredDecisions.Dated(CLOCK.instant(), entry(1), "acme/app"));
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
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, NAMED, 3)) {
            for (int i = 0; i < 100; i++) {
                log.add(entry(i));
                assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(6);
            }
        }
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, NAMED, 3)) {
            assertThat(events(log)).containsExactly("push 99", "push 98", "push 97");
        }
    }

    @Test
    void aLineThatCantBeReadIsLeftOut() throws IOException {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            log.add(entry(1));
        }
        Files.writeString(file, "{\"at\":\"yesterday\"}\ncut sho", StandardOpenOption.APPEND);

        try (Quiet quiet = Quiet.logger(StoredEntries.class);
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

        try (Quiet quiet = Quiet.logger(StoredEntries.class);
                StoredDecisions log = new StoredDecisions(file, CLOCK)) {
            assertThat(events(log)).containsExactly("push 1");
            log.add(entry(2));
            assertThat(events(log)).containsExactly("push 2", "push 1");
        }
    }

    @Test
    void aFileThatCantBeReadKeepsNothingFromStarting() throws IOException {
        Files.createDirectories(file.resolve("child"));

        try (Quiet quiet = Quiet.logger(StoredEntries.class);
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

    @Test
    void aNoisyConnectionPushesOutItsOwnEntriesAndNotThoseOfOthers() {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, NAMED, 10)) {
            log.add(of("quiet", "quiet 1"));
            log.add(of("quiet", "quiet 2"));
            for (int i = 0; i < 100; i++) {
                log.add(of("noisy", "noisy " + i));
            }
            log.add(of("late", "late"));

            assertThat(events(log)).hasSize(10).startsWith("late", "noisy 99").endsWith("quiet 2", "quiet 1");
        }
    }

    @Test
    void ofConnectionsThatHaveEquallyManyTheOneThatHadThemLongestLosesOne() {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, NAMED, 3)) {
            for (int i = 0; i < 5; i++) {
                log.add(of("connection " + i, "push " + i));
            }
            assertThat(events(log)).containsExactly("push 4", "push 3", "push 2");
        }
    }

    @Test
    void refusalsPushOutNothingThatWasProvenAndStopBeingNotedWithinAMinute() {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, NAMED, 20)) {
            for (int i = 0; i < 10; i++) {
                log.add(entry(i));
            }
            for (int i = 0; i <= StoredDecisions.MOST_REFUSED; i++) {
                log.add(refused("refused " + i));
            }

            assertThat(events(log))
                    .hasSize(20)
                    .contains("push 0")
                    .doesNotContain("refused " + StoredDecisions.MOST_REFUSED);
            assertThat(events(log)).startsWith("refused " + (StoredDecisions.MOST_REFUSED - 1));
        }
    }

    @Test
    void findsWhatIsLookedFor() {
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, NAMED)) {
            log.add(new Entry(
                    "c", Optional.of("id-1"), Optional.of("team/web"), "push", Outcome.BUILT, "Built: main."));
            log.add(new Entry("c", Optional.of("id-2"), Optional.of("lib"), "web", Outcome.SKIPPED, "Not built."));

            assertThat(found(log, "WEB")).containsExactly("id-2", "id-1");
            assertThat(found(log, "job:web")).containsExactly("id-1");
            assertThat(found(log, "event:web")).containsExactly("id-2");
            assertThat(found(log, "delivery:id-2")).containsExactly("id-2");
            assertThat(found(log, "repository:acme built: main")).containsExactly("id-1");
            assertThat(found(log, "repository:other")).isEmpty();
            assertThat(found(log, "a".repeat(Words.LONGEST + 1))).isEmpty();
            assertThat(log.find(dated -> true, 1, 10)).hasSize(1);
        }
    }

    @Test
    void findsByOutcomeAndTime() {
        Optional<Instant> now = Optional.of(CLOCK.instant());
        Optional<Instant> later = Optional.of(CLOCK.instant().plusSeconds(1));
        try (StoredDecisions log = new StoredDecisions(file, CLOCK, NAMED)) {
            log.add(entry(1));
            assertThat(log.find(DecisionQuery.of("", Optional.of(Outcome.BUILT), now, later), 1))
                    .hasSize(1);
            assertThat(log.find(DecisionQuery.of("", Optional.of(Outcome.FAILED), now, later), 1))
                    .isEmpty();
            assertThat(log.find(DecisionQuery.of("", Optional.empty(), later, Optional.empty()), 1))
                    .isEmpty();
            assertThat(log.find(DecisionQuery.of("", Optional.empty(), Optional.empty(), now), 1))
                    .isEmpty();
        }
    }

    private static List<String> found(StoredDecisions log, String text) {
        DecisionQuery query = DecisionQuery.of(text, Optional.empty(), Optional.empty(), Optional.empty());
        return log.find(query, 10).stream()
                .map(dated -> dated.entry().deliveryId().orElseThrow())
                .toList();
    }

    private static Entry of(String connection, String event) {
        return new Entry(connection, Optional.of("d"), Optional.of("app"), event, Outcome.BUILT, "Built.");
    }

    private static Entry refused(String event) {
        return new Entry("c", Optional.empty(), Optional.empty(), event, Outcome.REFUSED, "Refused.");
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
