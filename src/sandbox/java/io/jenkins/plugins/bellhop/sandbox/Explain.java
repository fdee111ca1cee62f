package io.jenkins.plugins.bellhop.sandbox;

import io.jenkins.plugins.bellhop.sandbox.explain.DryRun;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;

/** The dry run for people and scripts: {@code Explain CASES.jsonl OUT.jsonl}. */
public final class Explain {

    private Explain() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            fail("expected two arguments, the file with the cases and the file for the results, found "
                    + arguments.length);
        }
        Path cases = Paths.get(arguments[0]);
        Path results = Paths.get(arguments[1]);
        try {
            DryRun.run(cases, results);
        } catch (IOException e) {
            fail("could not read " + cases + " or write " + results + ": " + e);
        }
    }

    private static void fail(String sentence) {
        System.err.println("explain: " + sentence);
        System.exit(2);
    }
}
