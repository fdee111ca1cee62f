package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What would be decided about a kept delivery now, for every job; shown to administrators alone. */
public final class DryRun implements ModelObject {

    private final Optional<Item> job;
    private final String delivery;
    private final List<DecisionRow> rows;

    DryRun(Optional<Item> job, String delivery, List<Entry> entries) {
        this.job = job;
        this.delivery = delivery;
        this.rows = entries.stream()
                .map(entry -> new DecisionRow(new Dated(Instant.now(), entry, ""), false, new DecidedBuilds()))
                .toList();
    }

    @Override
    public String getDisplayName() {
        return Messages.DryRun_DisplayName(delivery);
    }

    /** On whose page it was asked for; null on the page of all connections. */
    public Item getJob() {
        return job.orElse(null);
    }

    public List<DecisionRow> getRows() {
        return rows;
    }
}
