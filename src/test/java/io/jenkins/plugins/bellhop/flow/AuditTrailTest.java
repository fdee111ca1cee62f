package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.support.Quiet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path home;

    private Path directory;

    @BeforeEach
    void nameTheDirectory() {
        directory = home.resolve("audit");
    }

    @Test
    void outlivesARestart() {
        try (AuditTrail trail = new AuditTrail(directory, CLOCK)) {
            trail.add(Kind.CONNECTED, "ada", "github.com acme/app", "app", "SHA256:0123\n\"Ä\"");
            trail.add(Kind.KEY_USED, "", "github.com acme/app", "app #1", "SHA256:0123");
        }

        try (AuditTrail trail = new AuditTrail(directory, CLOCK)) {
            assertThat(trail.find(act -> true, 0, 10))
                    .containsExactlyInAnyOrder(
                            new Act(
                                    CLOCK.instant(),
                                    Kind.CONNECTED,
                                    "ada",
                                    "github.com acme/app",
                                    "app",
                                    "SHA256:0123\n\"Ä\""),
                            new Act(
                                    CLOCK.instant(),
                                    Kind.KEY_USED,
                                    "",
                                    "github.com acme/app",
                                    "app #1",
                                    "SHA256:0123"));
            assertThat(trail.acts()).isEqualTo(1);
            assertThat(trail.uses()).isEqualTo(1);
        }
    }

    @Test
    void isWrittenDownBeforeAddReturns() throws IOException {
        try (AuditTrail trail = new AuditTrail(directory, CLOCK)) {
            trail.add(Kind.APPROVED, "ada", "", "", "1");
            trail.add(Kind.APPROVED, "ada", "", "", "2");
            assertThat(Files.readAllLines(directory.resolve("acts"))).hasSize(2);
        }
    }

    @Test
    void keepsAsManyAsItMayAndForgetsTheOldestForOneMore() {
        try (AuditTrail trail = new AuditTrail(directory, CLOCK, 3, 2)) {
            for (int i = 1; i <= 4; i++) {
                trail.add(Kind.APPROVED, "ada", "", "", "act " + i);
                trail.add(Kind.KEY_USED, "", "acme/app", "", "use " + i);
            }
            assertThat(details(trail)).containsExactly("act 4", "act 3", "act 2", "use 4", "use 3");
        }
    }

    @Test
    void boundsAreWhatTheyAreSaidToBe() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i <= AuditTrail.MOST_ACTS; i++) {
            lines.append("{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"APPROVED\",\"who\":\"ada\",\"repository\":\"r\","
                    + "\"item\":\"\",\"detail\":\"" + i + "\"}\n");
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("acts"), lines);
        Files.writeString(directory.resolve("key-uses"), lines);

        try (AuditTrail trail = new AuditTrail(directory, CLOCK)) {
            assertThat(trail.acts()).isEqualTo(AuditTrail.MOST_ACTS);
            assertThat(trail.uses()).isEqualTo(AuditTrail.MOST_USES);
            assertThat(trail.find(act -> act.detail().equals("0"), 0, 1)).isEmpty();
            assertThat(trail.find(act -> act.detail().equals("1"), 0, 1)).hasSize(1);
        }
    }

    @Test
    void whoDoesMuchPushesOutWhatHeDidHimself() {
        try (AuditTrail trail = new AuditTrail(directory, CLOCK, 4, 2)) {
            trail.add(Kind.HOST_KEYS, "ada", "", "", "ada's");
            for (int i = 0; i < 10; i++) {
                trail.add(Kind.KEY_CHANGED, "mallory", "", "", "mallory's " + i);
                trail.add(Kind.KEY_USED, "", "acme/app", "", "use " + i);
            }
            assertThat(details(trail)).contains("ada's", "mallory's 9").doesNotContain("mallory's 0");
        }
    }

    @Test
    void showsTheNewestFirstAndPages() {
        try (AuditTrail trail = new AuditTrail(directory, CLOCK)) {
            for (int i = 0; i < 5; i++) {
                trail.add(Kind.APPROVED, "ada", "", "", "act " + i);
            }
            assertThat(trail.find(act -> !act.detail().equals("act 3"), 1, 2))
                    .extracting(Act::detail)
                    .containsExactly("act 2", "act 1");
        }
    }

    @Test
    void aLineThatCantBeReadIsLeftOut() throws IOException {
        try (AuditTrail trail = new AuditTrail(directory, CLOCK)) {
            trail.add(Kind.APPROVED, "ada", "", "", "whole");
        }
        Files.writeString(directory.resolve("acts"), "{\"kind\":\"ABDUCTED\"}\ncut sho", StandardOpenOption.APPEND);

        try (Quiet quiet = Quiet.logger(StoredEntries.class);
                AuditTrail trail = new AuditTrail(directory, CLOCK)) {
            assertThat(details(trail)).containsExactly("whole");
        }
    }

    @Test
    void aDetailIsCutAtItsBound() {
        assertThat(detail(Act.LONGEST_DETAIL)).hasSize(Act.LONGEST_DETAIL).endsWith("xx");
        assertThat(detail(Act.LONGEST_DETAIL + 1)).hasSize(Act.LONGEST_DETAIL).endsWith("x...");
    }

    private static String detail(int length) {
        return new Act(CLOCK.instant(), Kind.APPROVED, "", "", "", "x".repeat(length)).detail();
    }

    private static List<String> details(AuditTrail trail) {
        return trail.find(act -> true, 0, 100).stream().map(Act::detail).toList();
    }
}
