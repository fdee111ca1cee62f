package io.jenkins.plugins.bellhop.sandbox.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a step has to say, and what was not as expected in it. */
final class Notes {

    private final List<String> lines = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    void say(String line) {
        lines.add(line);
    }

    void expect(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            fail(what + ": expected " + expected + ", found " + found);
        }
    }

    void fail(String failure) {
        failures.add(failure);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}
