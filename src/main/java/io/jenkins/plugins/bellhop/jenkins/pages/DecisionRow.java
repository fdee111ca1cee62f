package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Run;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import java.util.Date;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One decision as a row of the page. Absent values are empty. */
@ExportedBean(defaultVisibility = 999)
public final class DecisionRow {

    private final Dated dated;
    private final Entry entry;
    private final boolean kept;
    private final DecidedBuilds builds;

    DecisionRow(Dated dated, boolean kept, DecidedBuilds builds) {
        this.dated = dated;
        this.entry = dated.entry();
        this.kept = kept;
        this.builds = builds;
    }

    @Exported
    public Date getTime() {
        return Date.from(dated.at());
    }

    @Exported
    public String getRepository() {
        return dated.repository();
    }

    @Exported
    public String getJob() {
        return entry.job().orElse("");
    }

    @Exported
    public String getEvent() {
        return entry.event();
    }

    @Exported
    public String getDelivery() {
        return entry.deliveryId().orElse("");
    }

    @Exported
    public String getOutcome() {
        return entry.outcome().name().toLowerCase(Locale.ROOT);
    }

    @Exported
    public String getSentence() {
        return entry.sentence();
    }

    public String getConnection() {
        return entry.connectionId();
    }

    public String getOutcomeText() {
        return Outcomes.text(entry.outcome());
    }

    public String getOutcomeIcon() {
        return Outcomes.icon(entry.outcome());
    }

    /** Whether the delivery is still there, to be decided once more. */
    public boolean isKept() {
        return kept;
    }

    /** The build that it led to; null when there is none to show. */
    public Run<?, ?> getBuild() {
        return builds.of(dated).orElse(null);
    }
}
