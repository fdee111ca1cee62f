package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Which commits of forks somebody let in, and which ones wait for that. An approval holds for one commit of one pull
 * request and one job; the next commit needs another. What can't be read counts as not approved.
 */
public final class Approvals {

    /** Approvals and waiting ones of one connection; of more, the oldest are forgotten and have to be given anew. */
    public static final int MOST = 1_000;

    private static final Logger LOGGER = Logger.getLogger(Approvals.class.getName());
    /** Stands where an approver's name would. */
    private static final String NOBODY = "-";

    private final SeenHeads.Pages pages;
    private final Map<String, Map<Asked, String>> byConnection = new HashMap<>();

    /** @param pages of their own, a page of lines for each connection */
    public Approvals(SeenHeads.Pages pages) {
        this.pages = pages;
    }

    /** What an approval is given for. */
    private record Asked(String job, long number, CommitId commit) {}

    /** A commit that waits. */
    public record Waiting(long number, CommitId commit) {}

    /** Who let this job build this commit. */
    synchronized Optional<String> approver(String connectionId, String job, PullRequest request) {
        return Optional.ofNullable(loaded(connectionId).get(new Asked(job, request.number(), request.head())))
                .filter(approver -> !approver.equals(NOBODY));
    }

    /** What waits for somebody who lets this job build it, the newest last. */
    public synchronized List<Waiting> waiting(String connectionId, String job) {
        return loaded(connectionId).entrySet().stream()
                .filter(entry ->
                        entry.getKey().job().equals(job) && entry.getValue().equals(NOBODY))
                .map(entry ->
                        new Waiting(entry.getKey().number(), entry.getKey().commit()))
                .toList();
    }

    /** A job would build the pull request's head if somebody let it; earlier commits need not wait any longer. */
    synchronized void waits(String connectionId, String job, PullRequest request) throws IOException {
        Map<Asked, String> changed = new LinkedHashMap<>(loaded(connectionId));
        Asked asked = new Asked(job, request.number(), request.head());
        if (changed.containsKey(asked)) {
            return;
        }
        changed.entrySet()
                .removeIf(entry -> entry.getValue().equals(NOBODY)
                        && entry.getKey().job().equals(job)
                        && entry.getKey().number() == request.number());
        changed.put(asked, NOBODY);
        keep(connectionId, changed);
    }

    /** The pull request is closed: nobody has to look at it any more. */
    synchronized void closed(String connectionId, long number) throws IOException {
        Map<Asked, String> changed = new LinkedHashMap<>(loaded(connectionId));
        if (changed.entrySet()
                .removeIf(entry ->
                        entry.getValue().equals(NOBODY) && entry.getKey().number() == number)) {
            keep(connectionId, changed);
        }
    }

    /**
     * Lets jobs build a commit of a pull request. On disk when this returns.
     *
     * @param approver for the sentence of the build
     */
    synchronized void approve(String connectionId, Set<String> jobs, Waiting what, String approver) throws IOException {
        Map<Asked, String> changed = new LinkedHashMap<>(loaded(connectionId));
        String name = approver.isEmpty() || approver.equals(NOBODY) ? "somebody" : approver;
        for (String job : jobs) {
            Asked asked = new Asked(job, what.number(), what.commit());
            changed.remove(asked);
            changed.put(asked, name);
        }
        keep(connectionId, changed);
    }

    /** Jobs have other names now. */
    public synchronized void renamed(String connectionId, UnaryOperator<String> name) {
        change(connectionId, asked -> Optional.of(new Asked(name.apply(asked.job()), asked.number(), asked.commit())));
    }

    /** The job is gone; another one of its name has to ask for itself. */
    public synchronized void forgetJob(String connectionId, String job) {
        change(connectionId, asked -> asked.job().equals(job) ? Optional.empty() : Optional.of(asked));
    }

    private void change(String connectionId, Function<Asked, Optional<Asked>> change) {
        Map<Asked, String> before = loaded(connectionId);
        Map<Asked, String> changed = new LinkedHashMap<>();
        before.forEach((asked, approver) -> change.apply(asked).ifPresent(today -> changed.put(today, approver)));
        try {
            if (!changed.equals(before)) {
                keep(connectionId, changed);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't write down the approvals of connection " + connectionId, e);
        }
    }

    /** Nobody watches the connection any more. */
    public synchronized void forget(String connectionId) {
        byConnection.remove(connectionId);
        try {
            pages.remove(connectionId);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't remove the approvals of connection " + connectionId, e);
        }
    }

    private Map<Asked, String> loaded(String connectionId) {
        return byConnection.computeIfAbsent(connectionId, this::read);
    }

    private void keep(String connectionId, Map<Asked, String> changed) throws IOException {
        while (changed.size() > MOST) {
            changed.remove(changed.keySet().iterator().next());
        }
        List<String> lines = new ArrayList<>();
        changed.forEach((asked, approver) -> lines.add(
                asked.commit() + " " + asked.number() + " " + encoded(approver) + " " + encoded(asked.job())));
        pages.write(connectionId, lines);
        byConnection.put(connectionId, changed);
    }

    private Map<Asked, String> read(String connectionId) {
        Map<Asked, String> read = new LinkedHashMap<>();
        try {
            for (String line : pages.read(connectionId)) {
                String[] parts = line.split(" ", 4);
                if (parts.length == 4) {
                    CommitId commit = new CommitId(parts[0]);
                    read.put(new Asked(decoded(parts[3]), Long.parseLong(parts[1]), commit), decoded(parts[2]));
                }
            }
            return read;
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "Can't read the approvals of connection " + connectionId, e);
            return new LinkedHashMap<>();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
