package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import java.util.Locale;

/** An outcome to look for. */
public final class OutcomeChoice {

    private final Outcome outcome;

    OutcomeChoice(Outcome outcome) {
        this.outcome = outcome;
    }

    public String getValue() {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    public String getText() {
        return Outcomes.text(outcome);
    }
}
