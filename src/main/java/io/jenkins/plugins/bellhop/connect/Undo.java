package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The way back: steps armed before what they undo is done, run newest first. */
final class Undo {

    private record Armed(String leftover, Step step) {}

    private final Deque<Armed> steps = new ArrayDeque<>();
    private Optional<Armed> record = Optional.empty();

    /** @param leftover what stays behind when this step fails, for people: {@code the deploy key of acme/app} */
    void arm(String leftover, Step step) {
        steps.push(new Armed(leftover, step));
    }

    /** What is known of all that was done: taken back last, and only when nothing else stays behind, so that it isn't forgotten. */
    void armRecord(String leftover, Step step) {
        record = Optional.of(new Armed(leftover, step));
    }

    /** Runs every step, also after one failed. Answers what stays behind, each with the reason. */
    List<String> run() {
        List<String> leftovers = new ArrayList<>();
        while (!steps.isEmpty()) {
            run(steps.pop(), leftovers);
        }
        if (leftovers.isEmpty()) {
            record.ifPresent(armed -> run(armed, leftovers));
            record = Optional.empty();
        }
        return leftovers;
    }

    private static void run(Armed armed, List<String> leftovers) {
        try {
            armed.step().run();
        } catch (ForgeFailure | IOException | RuntimeException e) {
            leftovers.add(armed.leftover() + " (" + e.getMessage() + ")");
        }
    }

    /** Takes one thing back; does nothing where there is nothing to take back. */
    interface Step {
        void run() throws ForgeFailure, IOException;
    }
}
