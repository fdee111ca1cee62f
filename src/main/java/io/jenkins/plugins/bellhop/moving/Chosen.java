package io.jenkins.plugins.bellhop.moving;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The jobs that are to be connected with one request, each once, as they were shown to who chose them. */
public record Chosen(List<Shown> shown) {

    /** Each costs the forge up to ten calls, and Bitbucket Cloud allows about a thousand in an hour. */
    public static final int MOST = 100;

    /** @throws IllegalArgumentException when there are none or too many */
    public Chosen {
        shown = shown.stream().distinct().toList();
        if (shown.isEmpty()) {
            throw new IllegalArgumentException("expected at least one job that can be connected, found none");
        }
        if (shown.size() > MOST) {
            throw new IllegalArgumentException("expected at most " + MOST + " jobs at once, found " + shown.size()
                    + "; narrow them down, and connect the rest afterwards");
        }
        if (shown.stream().map(Shown::job).distinct().count() < shown.size()) {
            throw new IllegalArgumentException("expected each job once, found one with two remotes");
        }
    }

    /** Their full names. */
    public List<String> jobs() {
        return shown.stream().map(Shown::job).toList();
    }

    /** By the jobs' full names. */
    public Map<String, Shown> byJob() {
        return shown.stream().collect(Collectors.toMap(Shown::job, Function.identity()));
    }

    /**
     * A job, and where it was shown to lead. Who may configure it can change that at any time.
     *
     * @param remote without user and password
     */
    public record Shown(String remote, String job) {

        /**
         * @param text as {@link #text} writes it
         * @throws IllegalArgumentException when it is nothing of the kind
         */
        public static Shown parse(String text) {
            int end = text.indexOf(' ');
            if (end < 1 || end == text.length() - 1) {
                throw new IllegalArgumentException("expected a remote and a job's name, found \"" + text + "\"");
            }
            return new Shown(text.substring(0, end), text.substring(end + 1));
        }

        /** Empty when the job can't be connected. */
        public static Optional<Shown> of(Preview preview) {
            return preview.proposal()
                    .connecting()
                    .map(to -> new Shown(to.remote().text(), preview.job().name()));
        }

        /** In one line: remotes have no blanks. */
        public String text() {
            return remote + " " + job;
        }
    }
}
