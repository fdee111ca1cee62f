package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.Progress.Step;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import java.util.ArrayList;
import java.util.List;

/** A step of connecting, as people see it. */
public final class StepRow {

    /** How far it is. */
    private enum State {
        DONE("✓"),
        UNDER_WAY("…"),
        FAILED("✗");

        private final String mark;

        State(String mark) {
            this.mark = mark;
        }
    }

    private final Step step;
    private final State state;

    private StepRow(Step step, State state) {
        this.step = step;
        this.state = state;
    }

    /** Of an attempt that is over. */
    static List<StepRow> of(Attempt attempt) {
        return rows(attempt.steps(), attempt.connected() ? State.DONE : State.FAILED);
    }

    /** Of one that goes on. */
    static List<StepRow> underWay(List<Step> begun) {
        return rows(begun, State.UNDER_WAY);
    }

    private static List<StepRow> rows(List<Step> begun, State ofLast) {
        List<StepRow> rows = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            rows.add(new StepRow(begun.get(i), i == begun.size() - 1 ? ofLast : State.DONE));
        }
        return rows;
    }

    public String getMark() {
        return state.mark;
    }

    public String getText() {
        return switch (step) {
            case RIGHTS -> Messages.Step_Rights();
            case HOST_KEY -> Messages.Step_HostKey();
            case KEY -> Messages.Step_Key();
            case PROOF -> Messages.Step_Proof();
            case HOOK -> Messages.Step_Hook();
        };
    }
}
