package io.jenkins.plugins.bellhop.jenkins.health;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Which connections are looked at next: each once a day, at a time of its own, and never many at once, however long Jenkins
 * was down. A look costs about five questions of an hour's few thousand.
 */
final class HealthPlan {

    static final Duration DAY = Duration.ofDays(1);
    /** Between two rounds. */
    static final Duration ROUND = Duration.ofMinutes(10);
    /** Rounds in which all are looked at when all are due: six hours. */
    static final int ROUNDS_FOR_ALL = 36;

    private HealthPlan() {}

    /**
     * @param looks when each connection was last looked at, by its id; {@link Instant#MIN} for never
     * @return ids, those that wait longest first
     */
    static List<String> due(Map<String, Instant> looks, Instant now) {
        return looks.entrySet().stream()
                .filter(look -> look.getValue().isBefore(slot(look.getKey(), now)))
                .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(most(looks.size()))
                .map(Map.Entry::getKey)
                .toList();
    }

    static int most(int all) {
        return (all + ROUNDS_FOR_ALL - 1) / ROUNDS_FOR_ALL;
    }

    /** Its last turn that is over. */
    private static Instant slot(String id, Instant now) {
        Instant today =
                now.truncatedTo(ChronoUnit.DAYS).plusSeconds(Math.floorMod(id.hashCode(), (int) DAY.toSeconds()));
        return today.isAfter(now) ? today.minus(DAY) : today;
    }
}
