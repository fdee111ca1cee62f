package io.jenkins.plugins.bellhop.jenkins.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HealthPlanTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int MANY = 1_000;

    private final Map<String, Instant> looks = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int mostInOneRound;

    private void connections(int count, Instant looked) {
        for (int i = 0; i < count; i++) {
            looks.put(new UUID(7, i * 2_654_435_761L).toString(), looked);
        }
    }

    /** A round every ten minutes. */
    private void rounds(Instant from, Duration time) {
        for (Instant now = from; now.isBefore(from.plus(time)); now = now.plus(HealthPlan.ROUND)) {
            List<String> due = HealthPlan.due(looks, now);
            mostInOneRound = Math.max(mostInOneRound, due.size());
            for (String id : due) {
                looks.put(id, now);
                counts.merge(id, 1, Integer::sum);
            }
        }
    }

    @Test
    void eachIsLookedAtOnceADayAndTheDayIsFilledEvenly() {
        connections(MANY, NOON);
        rounds(NOON.plus(HealthPlan.ROUND), HealthPlan.DAY);

        assertThat(counts).hasSize(MANY);
        assertThat(counts.values()).containsOnly(1);
        assertThat(mostInOneRound).isLessThanOrEqualTo(MANY / 144 * 3);
    }

    @Test
    void afterALongStopTheyAreSpreadOverHours() {
        connections(MANY, Instant.MIN);
        rounds(NOON, HealthPlan.ROUND.multipliedBy(HealthPlan.ROUNDS_FOR_ALL));

        assertThat(counts).hasSize(MANY);
        assertThat(mostInOneRound).isEqualTo(HealthPlan.most(MANY)).isEqualTo(28);
    }

    @Test
    void restartsMakeNoDifference() {
        connections(MANY, NOON);
        for (int hour = 0; hour < 24; hour++) {
            rounds(NOON.plus(Duration.ofHours(hour)).plus(HealthPlan.ROUND), Duration.ofMinutes(50));
        }
        rounds(NOON.plus(HealthPlan.DAY), HealthPlan.ROUND);
        assertThat(counts.values()).containsOnly(1);
        assertThat(counts).hasSize(MANY);
    }

    @Test
    void aNewOneComesFirstAndAFewAreNotHeldUp() {
        connections(3, NOON.minus(Duration.ofDays(2)));
        looks.put("new", Instant.MIN);
        assertThat(HealthPlan.due(looks, NOON)).containsExactly("new");
        assertThat(HealthPlan.due(Map.of(), NOON)).isEmpty();
    }
}
