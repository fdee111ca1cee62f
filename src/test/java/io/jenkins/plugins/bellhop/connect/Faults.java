package io.jenkins.plugins.bellhop.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Counts the calls that go out through the ports, and says which of them fail, and how. */
final class Faults {

    /** How a call fails. */
    enum How {
        NOT,
        /** It had no effect. */
        REFUSED,
        /** It had its effect, but its answer never came. */
        ANSWER_LOST,
        /** A fault of ours: it had its effect, and then something that nobody thought of happened. */
        BROKEN
    }

    private static final Set<String> TO_THE_FORGE = Set.of(
            "read repository",
            "list keys",
            "add key",
            "remove key",
            "list hooks",
            "add hook",
            "change secret",
            "remove hook");

    private final List<String> calls = new ArrayList<>();
    private IntPredicate failing = call -> false;
    private How how = How.NOT;

    void failAt(int call, How how) {
        this.failing = number -> number == call;
        this.how = how;
    }

    void failFrom(int call, How how) {
        this.failing = number -> number >= call;
        this.how = how;
    }

    /** From now on everything works, and calls are counted anew. */
    void stop() {
        failing = call -> false;
        calls.clear();
    }

    /** What each call does first; it has its effect unless the answer is {@code REFUSED}. */
    How next(String call) {
        calls.add(call);
        return failing.test(calls.size() - 1) ? how : How.NOT;
    }

    void breakIf(How fault) {
        if (fault == How.BROKEN) {
            throw new IllegalStateException("nobody thought of this");
        }
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    List<String> callsToTheForge() {
        return calls.stream().filter(TO_THE_FORGE::contains).toList();
    }
}
