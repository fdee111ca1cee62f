package io.jenkins.plugins.bellhop.sandbox.story;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Prints the story as it happens and counts what went as expected. */
final class Timeline {

    private final PrintStream out;
    private final Instant start = Instant.now();
    private int passed;
    private int failed;

    Timeline(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.printf("%n=== %s%n%n", text);
    }

    void heading(String text) {
        out.printf("%n%s%n", text);
    }

    void line(String text) {
        out.printf("         %s%n", text);
    }

    /** Tells a step and checks it. One that throws has failed; the story goes on. */
    void step(String title, Step step) {
        Instant begun = Instant.now();
        Notes notes = new Notes();
        try {
            step.run(notes);
        } catch (Exception | AssertionError e) {
            notes.fail("unexpected: " + e);
        }
        Duration took = Duration.between(begun, Instant.now());
        Duration since = Duration.between(start, Instant.now());
        boolean good = notes.failures().isEmpty();
        out.printf(
                "%6.2f s  %s  %-66s %5d ms%n",
                since.toMillis() / 1000.0, good ? "ok  " : "FAIL", title, took.toMillis());
        notes.lines().forEach(text -> out.printf("                %s%n", text));
        notes.failures().forEach(text -> out.printf("                NOT AS EXPECTED: %s%n", text));
        if (good) {
            passed++;
        } else {
            failed++;
        }
    }

    /** The last line. Answers whether all went well. */
    boolean end() {
        out.printf("%n%d passed, %d failed%n", passed, failed);
        return failed == 0;
    }

    /** What happens in a step; says and checks through its notes. */
    interface Step {
        void run(Notes notes) throws Exception;
    }
}
