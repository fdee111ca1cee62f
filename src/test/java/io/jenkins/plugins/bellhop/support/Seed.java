package io.jenkins.plugins.bellhop.support;

import java.util.Random;

/** The start of a generator of random cases; printed, so that {@code -Dbellhop.seed=…} runs the same cases again. */
public record Seed(long value) {

    private static final String PROPERTY = "bellhop.seed";

    public static Seed fresh(String test) {
        Seed seed = new Seed(Long.getLong(PROPERTY, System.nanoTime()));
        System.out.println(test + ": " + seed);
        return seed;
    }

    public Random random() {
        return new Random(value);
    }

    @Override
    public String toString() {
        return "-D" + PROPERTY + "=" + value;
    }
}
