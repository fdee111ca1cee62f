package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The builds that decisions led to, for the rows of one page. Of each job, builds are looked through once, the newest first. */
final class DecidedBuilds {

    /** Builds that are looked at for one page, of all its jobs: each may have to be read from disk. */
    static final int MOST_LOOKED_AT = 200;
    /** A decision is written down when its build may have begun already. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Map<String, Seen> jobs = new HashMap<>();
    private int left;

    DecidedBuilds() {
        this(MOST_LOOKED_AT);
    }

    DecidedBuilds(int most) {
        this.left = most;
    }

    /** Empty while it waits, when it is gone, and when too much was built since. */
    Optional<Run<?, ?>> of(Dated dated) {
        Entry entry = dated.entry();
        if (entry.outcome() != Outcome.BUILT
                || entry.job().isEmpty()
                || entry.deliveryId().isEmpty()) {
            return Optional.empty();
        }
        return jobs.computeIfAbsent(entry.job().get(), Seen::new)
                .find(
                        nameOf(entry.deliveryId().get(), entry.event()),
                        dated.at().minus(SLACK));
    }

    /** One delivery may tell of several pushes. */
    private static String nameOf(String delivery, String event) {
        return delivery + " " + event;
    }

    /** One job's builds, as far as they were looked at. */
    private final class Seen {

        private final Map<String, Run<?, ?>> byEvent = new HashMap<>();
        private Run<?, ?> next;

        Seen(String job) {
            next = Wiring.get()
                    .jobs()
                    .find(job)
                    .map(item -> item instanceof Job<?, ?> found ? found.getLastBuild() : null)
                    .orElse(null);
        }

        Optional<Run<?, ?>> find(String name, Instant since) {
            while (!byEvent.containsKey(name)
                    && next != null
                    && left > 0
                    && next.getStartTimeInMillis() >= since.toEpochMilli()) {
                left--;
                Run<?, ?> run = next;
                run.getCauses().forEach(cause -> {
                    if (cause instanceof WebhookCause webhook) {
                        byEvent.putIfAbsent(nameOf(webhook.delivery(), webhook.event()), run);
                    }
                });
                next = run.getPreviousBuild();
            }
            return Optional.ofNullable(byEvent.get(name));
        }
    }
}
