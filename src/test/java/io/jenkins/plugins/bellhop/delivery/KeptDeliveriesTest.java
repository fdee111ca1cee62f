package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.delivery.Spool.Outcome;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDeliveriesTest {

    @TempDir
    private Path directory;

    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        spool = new Spool(directory);
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    @Test
    void whatIsDoneCanBeReadAgain() throws IOException {
        VerifiedDelivery push = Signed.push("{\"zen\":\"Ünï\"}").withId("1").verified();
        handle(push);
        VerifiedDelivery kept = spool.kept().find("hook", "1").orElseThrow();

        assertThat(kept.hookId()).isEqualTo("hook");
        assertThat(kept.id()).isEqualTo(push.id());
        assertThat(kept.event()).isEqualTo("push");
        assertThat(kept.header("Content-Type")).contains("application/json");
        assertThat(kept.body()).isEqualTo(push.body());
    }

    @Test
    void whatStillWaitsIsNotKeptYet() throws IOException {
        spool.put(delivery("hook", "1"));

        assertThat(spool.kept().find("hook", "1")).isEmpty();
        assertThat(spool.kept().ofHook("hook", 10)).isEmpty();
    }

    @Test
    void areListedByHookNewestFirst() throws IOException {
        handle(delivery("hook", "1"), delivery("another", "2"), delivery("hook", "3"), delivery("hook", "4"));

        assertThat(ids("hook", 10)).containsExactly("4", "3", "1");
        assertThat(ids("hook", 2)).containsExactly("4", "3");
        assertThat(ids("another", 10)).containsExactly("2");
        assertThat(ids("nobody's", 10)).isEmpty();
    }

    @Test
    void aListTellsEventTimeAndSize() throws IOException {
        handle(Signed.push("{\"n\":1}").withEvent("ping").verified());

        assertThat(spool.kept().ofHook("hook", 1)).singleElement().satisfies(kept -> {
            assertThat(kept.event()).isEqualTo("ping");
            assertThat(kept.storedAt()).isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
            assertThat(kept.size()).isBetween(7L, 200L);
        });
    }

    @Test
    void areFoundByTheirOwnHookAlone() throws IOException {
        handle(delivery("hook", "1"));

        assertThat(spool.kept().find("another", "1")).isEmpty();
        assertThat(spool.kept().find("hook", "2")).isEmpty();
    }

    @Test
    void surviveARestart() throws IOException {
        handle(delivery("hook", "2"), delivery("hook", "1"));
        spool = reopened();

        assertThat(ids("hook", 10)).containsExactly("1", "2");
        assertThat(spool.kept().find("hook", "1")).isPresent();
    }

    @Test
    void keepTheLaterOfTwoCopies() throws IOException {
        handle(delivery("hook", "1"), delivery("hook", "2"));
        handle(Signed.push("{\"later\":true}").withId("1").verified());

        assertThat(ids("hook", 10)).containsExactly("1", "2");
        assertThat(spool.kept().find("hook", "1").orElseThrow().body()).hasSize("{\"later\":true}".length());
    }

    @Test
    void areNoReasonToTakeADeliveryForARepeatedOne() throws IOException {
        handle(delivery("hook", "1"));

        assertThat(spool.put(delivery("hook", "1"))).isEqualTo(Outcome.STORED);
    }

    @Test
    void areAThousandAndTheOldestGoesForOneMore() throws IOException {
        handle(IntStream.range(0, KeptDeliveries.MOST)
                .mapToObj(number -> delivery("hook", Integer.toString(number)))
                .toArray(VerifiedDelivery[]::new));
        assertThat(ids("hook", 2_000)).hasSize(1_000).last().isEqualTo("0");

        handle(delivery("hook", "one more"));
        assertThat(ids("hook", 2_000)).hasSize(1_000).last().isEqualTo("1");
        assertThat(spool.kept().find("hook", "0")).isEmpty();
        spool = reopened();
        assertThat(ids("hook", 2_000)).hasSize(1_000).last().isEqualTo("1");
    }

    @Test
    void areAHundredMebibytesAndTheOldestGoForOneByteMore() throws IOException {
        handle(delivery("hook", "1"));
        int overhead = (int) spool.kept().ofHook("hook", 1).get(0).size() - 2;
        int quarter = (int) (KeptDeliveries.LARGEST / 4) - overhead;
        for (int number = 0; number < 4; number++) {
            handle(Signed.push("")
                    .withId("" + number)
                    .withBody(new byte[quarter - 1])
                    .verified());
        }
        assertThat(ids("hook", 10)).containsExactly("3", "2", "1", "0");

        handle(Signed.push("").withId("4").withBody(new byte[quarter + 1]).verified());
        assertThat(ids("hook", 10)).containsExactly("4", "3", "2", "1");
        assertThat(spool.kept().count()).isEqualTo(4);
        assertThat(spool.kept().bytes()).isEqualTo(KeptDeliveries.LARGEST - 2);
        handle(delivery("hook", "5"));
        assertThat(ids("hook", 10)).containsExactly("5", "4", "3", "2");
    }

    private void handle(VerifiedDelivery... deliveries) throws IOException {
        for (VerifiedDelivery delivery : deliveries) {
            assertThat(spool.put(delivery)).isEqualTo(Outcome.STORED);
            spool.done(spool.waiting().get(0), false);
        }
    }

    private Spool reopened() throws IOException {
        spool.close();
        return new Spool(directory);
    }

    private List<String> ids(String hook, int limit) {
        return spool.kept().ofHook(hook, limit).stream()
                .map(kept -> kept.id().text())
                .toList();
    }

    private static VerifiedDelivery delivery(String hook, String id) {
        return Signed.push("{}").withHook(hook).withId(id.replace(' ', '-')).verified();
    }
}
