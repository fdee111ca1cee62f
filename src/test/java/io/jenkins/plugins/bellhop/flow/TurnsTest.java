package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.flow.Turns.Lane;
import io.jenkins.plugins.bellhop.flow.Turns.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Lane A = new Lane("a", "github.com");
    private static final Lane B = new Lane("b", "github.com");
    private static final Lane C = new Lane("c", "github.com");
    private static final Lane ELSEWHERE = new Lane("d", "bitbucket.org");

    private final Turns turns = new Turns(3, 2);
    private final List<String> ran = new ArrayList<>();

    @Test
    void ofOneLaneTheFirstGoesFirstAndTheNextWaitsUntilItIsOver() {
        add(A, "1", "2");
        Turn first = begin();

        assertThat(turns.next()).isEmpty();
        turns.over(first);
        turns.over(begin());
        assertThat(turns.next()).isEmpty();
        assertThat(ran).containsExactly("1", "2");
    }

    @Test
    void lanesTakeTurnsHoweverMuchOneHasToDo() {
        add(A, "a1", "a2", "a3", "a4");
        add(B, "b1", "b2");
        add(ELSEWHERE, "d1");
        while (!turns.isIdle()) {
            turns.over(begin());
        }

        assertThat(ran).containsExactly("a1", "b1", "d1", "a2", "b2", "a3", "a4");
    }

    @Test
    void aHostThatHasItsShareWaitsAndTheOthersGoOn() {
        add(A, "a");
        add(B, "b");
        add(C, "c");
        add(ELSEWHERE, "d");
        Turn a = begin();
        begin();
        begin();

        assertThat(ran).containsExactly("a", "b", "d");
        turns.over(a);
        begin();
        assertThat(ran).containsExactly("a", "b", "d", "c");
    }

    @Test
    void noMoreRunAtOnceThanMay() {
        for (int number = 0; number < 4; number++) {
            add(new Lane("lane-" + number, "host-" + number), "work-" + number);
        }
        Turn first = begin();
        begin();
        begin();

        assertThat(turns.next()).isEmpty();
        turns.over(first);
        assertThat(turns.next()).isPresent();
        assertThat(turns.next()).isEmpty();
    }

    @Test
    void isIdleWhenNothingRunsOrWaits() {
        assertThat(turns.isIdle()).isTrue();
        add(A, "1");
        assertThat(turns.isIdle()).isFalse();
        Turn turn = begin();
        assertThat(turns.isIdle()).isFalse();
        turns.over(turn);
        assertThat(turns.isIdle()).isTrue();
    }

    private void add(Lane lane, String... names) {
        for (String name : names) {
            turns.add(lane, () -> ran.add(name));
        }
    }

    private Turn begin() {
        Optional<Turn> turn = turns.next();
        assertThat(turn).isPresent();
        turn.get().work().run();
        return turn.get();
    }
}
