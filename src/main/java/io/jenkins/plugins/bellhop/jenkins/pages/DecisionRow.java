package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import java.util.Date;
import java.util.Locale;

/** One decision as a row of the page. */
public final class DecisionRow {

    private final Dated dated;

    DecisionRow(Dated dated) {
        this.dated = dated;
    }

    public Date getTime() {
        return Date.from(dated.at());
    }

    public String getEvent() {
        return dated.entry().event();
    }

    public String getOutcome() {
        return dated.entry().outcome().name().toLowerCase(Locale.ROOT);
    }

    public String getSentence() {
        return dated.entry().sentence();
    }
}
