package io.jenkins.plugins.bellhop.moving;

import java.util.List;

/** The full names of jobs that are to be connected with one request, each once. */
public record Chosen(List<String> jobs) {

    /** Each costs the forge some ten calls, and forges allow thousands in an hour. */
    public static final int MOST = 1_000;

    /** @throws IllegalArgumentException when there are none or too many */
    public Chosen {
        jobs = jobs.stream().distinct().toList();
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("expected at least one job that can be connected, found none");
        }
        if (jobs.size() > MOST) {
            throw new IllegalArgumentException("expected at most " + MOST + " jobs at once, found " + jobs.size()
                    + "; narrow them down, and connect the rest afterwards");
        }
    }
}
