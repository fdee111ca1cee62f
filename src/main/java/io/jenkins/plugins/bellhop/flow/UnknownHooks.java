package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.event.Quoted;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests to addresses that no hook has: a hook that was forgotten at its forge, or strangers. In memory alone. A forgotten
 * hook comes again and again, so what came once goes first.
 */
public final class UnknownHooks {

    /** Addresses that are kept apart. */
    public static final int MOST = 100;
    /** Requests that are looked at in a minute; more are only counted. */
    public static final int MOST_PER_MINUTE = 60;
    /** Characters of an address that are shown. A hook's own end is longer: who reads this learns none. */
    static final int SHOWN = 12;

    private final Clock clock;
    private final PerMinute limit;
    private final Map<String, Knock> knocks = new HashMap<>();
    private long requests;

    /**
     * An address and its requests.
     *
     * @param address how the last part of its path begins
     */
    public record Knock(String address, Instant first, Instant last, long times) {}

    UnknownHooks(Clock clock) {
        this.clock = clock;
        this.limit = new PerMinute(MOST_PER_MINUTE, clock);
    }

    synchronized void add(String hookPath) {
        requests++;
        if (!limit.mayPass()) {
            return;
        }
        Instant now = clock.instant();
        String shown = Quoted.text(hookPath.substring(0, Math.min(hookPath.length(), SHOWN)));
        Knock before = knocks.get(shown);
        if (before == null && knocks.size() >= MOST) {
            knocks.values().stream()
                    .min(Comparator.comparing((Knock knock) -> knock.times() > 1)
                            .thenComparing(Knock::last))
                    .ifPresent(least -> knocks.remove(least.address()));
        }
        knocks.put(
                shown,
                before == null
                        ? new Knock(shown, now, now, 1)
                        : new Knock(shown, before.first(), now, before.times() + 1));
    }

    /** Newest first. */
    public synchronized List<Knock> all() {
        return knocks.values().stream()
                .sorted(Comparator.comparing(Knock::last).reversed())
                .toList();
    }

    /** Those that were only counted too. */
    public synchronized long requests() {
        return requests;
    }
}
