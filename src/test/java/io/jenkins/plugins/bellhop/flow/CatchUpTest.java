package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.support.Quiet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private final Fakes fakes = new Fakes();
    private final List<String> looked = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private Duration pause = Duration.ZERO;
    private List<Source> connections = sources("a", "b", "c");
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final CatchUp catchUp = new CatchUp(() -> connections, this::look, gone::add, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @AfterEach
    void close() {
        catchUp.close();
    }

    @Test
    void looksAfterOneConnectionAtEachStepAndAfterNoneTwiceInARound() {
        steps(5);

        assertThat(looked).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void looksAgainWhenTheRoundIsOver() {
        steps(3);
        looked.clear();

        now = now.plus(CatchUp.ROUND).minusSeconds(1);
        steps(1);
        assertThat(looked).isEmpty();

        now = now.plusSeconds(1);
        steps(5);
        assertThat(looked).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aNewConnectionComesFirst() {
        steps(3);
        now = now.plus(CatchUp.ROUND);
        connections = sources("a", "b", "c", "d");
        looked.clear();

        steps(1);

        assertThat(looked).containsExactly("d");
    }

    @Test
    void aConnectionThatComesBackIsNewAgain() {
        steps(3);
        connections = sources("a");
        steps(1);
        connections = sources("a", "b");
        looked.clear();

        steps(1);

        assertThat(gone).containsExactlyInAnyOrder("b", "c");
        assertThat(looked).containsExactly("b");
    }

    /** Disconnected and connected within a step: the id is the same, the hook isn't. */
    @Test
    void aConnectionThatWasMadeAnewIsNewThoughItHasItsIdAgain() {
        steps(3);
        connections = connections.stream()
                .map(source -> source.connection().id().equals("b")
                        ? new Source(called("b", Optional.of("another hook")), source.forge(), source.liveSecrets())
                        : source)
                .toList();
        looked.clear();
        steps(3);

        assertThat(looked).containsExactly("b");
    }

    @Test
    void leavesAForgeThatCanNotBeReachedAlone() {
        pause = CatchUp.ROUND;
        steps(5);
        assertThat(looked).hasSize(1);

        pause = Duration.ZERO;
        now = now.plus(CatchUp.ROUND);
        steps(5);
        assertThat(looked).hasSize(4);
    }

    @Test
    void leavesAForgeThatLimitsItsRateAloneForAsLongAsItSays() {
        pause = Duration.ofMinutes(2);
        steps(5);
        now = now.plus(pause).minusSeconds(1);
        steps(5);
        assertThat(looked).hasSize(1);

        now = now.plusSeconds(1);
        pause = Duration.ZERO;
        steps(5);
        assertThat(looked).hasSize(4).contains("a", "b", "c");
    }

    @Test
    void aFaultEndsTheStepAndNotTheRound() {
        try (Quiet quiet = Quiet.logger(CatchUp.class)) {
            List<Source> all = connections;
            connections = null;
            steps(1);
            connections = all;
            steps(3);
        }

        assertThat(looked).hasSize(3);
    }

    private Duration look(Source source) {
        looked.add(source.connection().id());
        return pause;
    }

    private void steps(int number) {
        for (int i = 0; i < number; i++) {
            catchUp.step();
        }
    }

    private List<Source> sources(String... ids) {
        Source one = fakes.sources().find("hook").orElseThrow();
        return Stream.of(ids)
                .map(id -> new Source(called(id), one.forge(), one.liveSecrets()))
                .toList();
    }

    private static Connection called(String id) {
        return called(id, Fakes.CONNECTION.hookId());
    }

    private static Connection called(String id, Optional<String> hookId) {
        Connection like = Fakes.CONNECTION;
        return new Connection(
                id, like.repository(), like.sshUrl(), like.defaultBranch(), like.publicKey(), like.keyId(), hookId);
    }
}
