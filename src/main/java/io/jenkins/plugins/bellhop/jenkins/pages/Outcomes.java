package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.jenkins.Messages;

/** How outcomes look on pages. */
final class Outcomes {

    private Outcomes() {}

    static String text(Outcome outcome) {
        return switch (outcome) {
            case BUILT -> Messages.Deliveries_Built();
            case TOLD -> Messages.Deliveries_Told();
            case SKIPPED -> Messages.Deliveries_Skipped();
            case CANCELLED -> Messages.Deliveries_Cancelled();
            case IGNORED -> Messages.Deliveries_Ignored();
            case REFUSED -> Messages.Deliveries_Refused();
            case FAILED -> Messages.Deliveries_Failed();
        };
    }

    static String icon(Outcome outcome) {
        return switch (outcome) {
            case BUILT -> "symbol-status-blue";
            case TOLD -> "symbol-play-circle";
            case SKIPPED -> "symbol-status-nobuilt";
            case CANCELLED -> "symbol-status-aborted";
            case IGNORED -> "symbol-information-circle";
            case REFUSED -> "symbol-warning";
            case FAILED -> "symbol-status-red";
        };
    }
}
