package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Where branches, tags and pull requests of each connection pointed when they were last handled. It tells what is news in
 * an event that doesn't, and what was missed while no event came. A file that can't be read counts as nothing seen.
 */
public final class SeenHeads {

    /** Heads of one connection; repositories with more branches and tags than this are compared in part. */
    public static final int MOST = 50_000;

    /** Connections in memory; of the others, those that were needed longest ago, the heads are read again from their pages. */
    public static final int MOST_CONNECTIONS = 1_000;

    private static final Logger LOGGER = Logger.getLogger(SeenHeads.class.getName());
    private static final String PULL_REQUEST = "pull/";
    private static final String DRAFT = "/draft";
    private static final String WHOLE = "whole";
    private static final String PART = "part";
    private static final String GONE = "gone";
    private static final String NEVER = "";

    private final Pages pages;
    /** The one that was needed longest ago comes first. */
    private final Map<String, Heads> byConnection = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<String> changed = new LinkedHashSet<>();
    private final Object saving = new Object();
    private String beingSaved = "";

    public SeenHeads(Pages pages) {
        this.pages = pages;
    }

    /** Where the heads are kept: a page of lines for each connection. */
    public interface Pages {
        /** Empty when there is none. */
        List<String> read(String connectionId) throws IOException;

        void write(String connectionId, List<String> lines) throws IOException;

        void remove(String connectionId) throws IOException;
    }

    /**
     * One head.
     *
     * @param arrival of the delivery that told it; arrivals compare as texts, the later one is greater
     */
    record Head(CommitId commit, String arrival) {}

    /** A connection's heads; whole when they were all listed once, so that one that is missing is new. */
    private static final class Heads {
        private final TreeMap<String, Head> heads = new TreeMap<>();
        /** What was deleted or closed, and when, until the next listing confirms it. */
        private final TreeMap<String, String> gone = new TreeMap<>();

        private boolean whole;
        /** When they were all listed; {@link #NEVER} once one that isn't among them needn't be gone. */
        private String listedAt = NEVER;
    }

    /** @param key a full ref, or as {@link #head} makes it */
    synchronized Optional<Head> of(String connectionId, String key) {
        return Optional.ofNullable(loaded(connectionId).heads.get(key));
    }

    /** The same, whether a pull request was seen as a draft or not. */
    synchronized Optional<Head> last(String connectionId, String key) {
        return of(connectionId, key).or(() -> other(key).flatMap(draft -> of(connectionId, draft)));
    }

    /** When it was deleted or closed; empty when it wasn't, or a listing since then has confirmed it. */
    synchronized Optional<String> goneAt(String connectionId, String key) {
        return Optional.ofNullable(loaded(connectionId).gone.get(key));
    }

    /**
     * When it was found not to be there: told to be deleted or closed, or missing in the last list of them all. Empty when it
     * is there, or nobody can say.
     */
    synchronized Optional<String> missingSince(String connectionId, String key) {
        Heads heads = loaded(connectionId);
        boolean seen = heads.heads.containsKey(key)
                || other(key).map(heads.heads::containsKey).orElse(false);
        return goneAt(connectionId, key)
                .or(() -> Optional.of(heads.listedAt)
                        .filter(listedAt -> !seen && heads.whole && !listedAt.equals(NEVER)));
    }

    /** Something of which nothing could be noted may be there: until the next list, what is missing needn't be gone. */
    synchronized void doubt(String connectionId) {
        loaded(connectionId).listedAt = NEVER;
        changed.add(connectionId);
    }

    /** The key of a pull request, whether it is a draft or not. */
    static String pullRequest(long number) {
        return PULL_REQUEST + number;
    }

    /** The number of the pull request that has this key; empty for a ref. */
    static OptionalLong number(String key) {
        if (!key.startsWith(PULL_REQUEST)) {
            return OptionalLong.empty();
        }
        int end = key.endsWith(DRAFT) ? key.length() - DRAFT.length() : key.length();
        return OptionalLong.of(Long.parseLong(key.substring(PULL_REQUEST.length(), end)));
    }

    /** The key under which its head is seen: another one while it is a draft, so that its being ready is news. */
    static String head(PullRequest request) {
        String key = pullRequest(request.number());
        return request.draft() && !request.fork() ? key + DRAFT : key;
    }

    /** The key of the same pull request as a draft, or as none; empty for a ref. */
    static Optional<String> other(String key) {
        if (!key.startsWith(PULL_REQUEST)) {
            return Optional.empty();
        }
        return Optional.of(key.endsWith(DRAFT) ? key.substring(0, key.length() - DRAFT.length()) : key + DRAFT);
    }

    synchronized boolean isWhole(String connectionId) {
        return loaded(connectionId).whole;
    }

    synchronized Map<String, CommitId> all(String connectionId) {
        Map<String, CommitId> commits = new TreeMap<>();
        loaded(connectionId).heads.forEach((key, head) -> commits.put(key, head.commit()));
        return commits;
    }

    /** Those of which something was heard later than this. */
    synchronized Set<String> laterThan(String connectionId, String arrival) {
        Heads heads = loaded(connectionId);
        Set<String> later = new HashSet<>();
        heads.heads.forEach((key, head) -> addIfLater(key, head.arrival(), arrival, later));
        heads.gone.forEach((key, goneAt) -> addIfLater(key, goneAt, arrival, later));
        return later;
    }

    /** The latest time at which something was heard of the connection, but not before this one. */
    synchronized String latest(String connectionId, String arrival) {
        Heads heads = loaded(connectionId);
        return Stream.concat(heads.heads.values().stream().map(Head::arrival), heads.gone.values().stream())
                .filter(heard -> heard.compareTo(arrival) > 0)
                .max(String::compareTo)
                .orElse(arrival);
    }

    private static void addIfLater(String key, String heardAt, String arrival, Set<String> later) {
        if (heardAt.compareTo(arrival) > 0) {
            later.add(key);
            other(key).ifPresent(later::add);
        }
    }

    synchronized void saw(String connectionId, String key, CommitId commit, String arrival) {
        Heads heads = loaded(connectionId);
        Optional<String> other = other(key);
        if (other.map(heads.heads::get)
                .filter(head -> head.arrival().compareTo(arrival) > 0)
                .isPresent()) {
            return;
        }
        other.ifPresent(heads.heads::remove);
        other.ifPresent(heads.gone::remove);
        heads.gone.remove(key);
        if (heads.heads.containsKey(key) || heads.heads.size() < MOST) {
            heads.heads.put(key, new Head(commit, arrival));
            changed.add(connectionId);
        } else if (heads.whole) {
            // From now on, one that is missing needn't be new.
            heads.whole = false;
            changed.add(connectionId);
        }
    }

    synchronized void gone(String connectionId, String key, String arrival) {
        Heads heads = loaded(connectionId);
        heads.heads.remove(key);
        other(key).ifPresent(heads.heads::remove);
        if (heads.gone.size() < MOST) {
            heads.gone.put(key, arrival);
        }
        changed.add(connectionId);
    }

    /** Whatever was handled of it doesn't count any more: the next listing tells it as news. */
    synchronized void unsee(String connectionId, String key) {
        Heads heads = loaded(connectionId);
        heads.heads.remove(key);
        other(key).ifPresent(heads.heads::remove);
        doubt(connectionId);
    }

    /** These were all that there were at that time; what was heard later of some of them holds. */
    synchronized void listed(String connectionId, Map<String, CommitId> all, String arrival) {
        Heads before = loaded(connectionId);
        Set<String> later = laterThan(connectionId, arrival);
        Heads heads = new Heads();
        heads.whole = all.size() <= MOST;
        heads.listedAt = arrival;
        all.entrySet().stream()
                .filter(head -> !later.contains(head.getKey()))
                .limit(MOST)
                .forEach(head -> heads.heads.put(head.getKey(), new Head(head.getValue(), arrival)));
        before.heads.forEach((key, head) -> {
            if (later.contains(key)) {
                heads.heads.put(key, head);
            }
        });
        before.gone.forEach((key, goneAt) -> {
            if (later.contains(key)) {
                heads.gone.put(key, goneAt);
            }
        });
        byConnection.put(connectionId, heads);
        changed.add(connectionId);
    }

    /** Writes down what changed since the last time. A crash before it costs a comparison that finds builds made already. */
    public void save() {
        // Not in this object's own lock: deciding goes on while the disk is waited for.
        synchronized (saving) {
            int pagesToWrite = changes();
            for (int page = 0; page < pagesToWrite; page++) {
                saveNext();
            }
        }
    }

    private synchronized int changes() {
        return changed.size();
    }

    private void saveNext() {
        List<String> lines = new ArrayList<>();
        String connectionId = takeChanged(lines);
        try {
            pages.write(connectionId, lines);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Can't save which heads were seen of connection " + connectionId, e);
            changedStill(connectionId);
        }
    }

    private synchronized String takeChanged(List<String> lines) {
        beingSaved = changed.iterator().next();
        changed.remove(beingSaved);
        lines.addAll(lines(byConnection.get(beingSaved)));
        return beingSaved;
    }

    private synchronized void changedStill(String connectionId) {
        changed.add(connectionId);
    }

    /** Nobody watches the connection any more. */
    public void forget(String connectionId) {
        synchronized (saving) {
            synchronized (this) {
                byConnection.remove(connectionId);
                changed.remove(connectionId);
            }
            try {
                pages.remove(connectionId);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "Can't forget which heads were seen of connection " + connectionId, e);
            }
        }
    }

    private Heads loaded(String connectionId) {
        Heads heads = byConnection.get(connectionId);
        if (heads == null) {
            makeRoom();
            heads = read(connectionId);
            byConnection.put(connectionId, heads);
        }
        return heads;
    }

    /** What isn't written down has to stay. */
    private void makeRoom() {
        Iterator<String> eldest = byConnection.keySet().iterator();
        while (byConnection.size() >= MOST_CONNECTIONS && eldest.hasNext()) {
            String connectionId = eldest.next();
            if (!changed.contains(connectionId) && !connectionId.equals(beingSaved)) {
                eldest.remove();
            }
        }
    }

    private Heads read(String connectionId) {
        Heads heads = new Heads();
        try {
            for (String line : pages.read(connectionId)) {
                String[] parts = line.split(" ", 3);
                if (parts.length == 3 && parts[0].equals(GONE)) {
                    heads.gone.put(checked(parts[2]), parts[1]);
                } else if (parts.length == 3) {
                    heads.heads.put(checked(parts[2]), new Head(new CommitId(parts[0]), parts[1]));
                } else {
                    heads.whole = parts[0].equals(WHOLE);
                    heads.listedAt = parts.length > 1 ? parts[1] : NEVER;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "Can't read which heads were seen of connection " + connectionId, e);
            return new Heads();
        }
        return heads;
    }

    /** What isn't a ref's name would only show when it is compared. */
    private static String checked(String key) {
        return number(key).isPresent() ? key : new GitRef(key).fullName();
    }

    private static List<String> lines(Heads heads) {
        List<String> lines = new ArrayList<>();
        lines.add((heads.whole ? WHOLE : PART) + (heads.listedAt.equals(NEVER) ? "" : " " + heads.listedAt));
        heads.heads.forEach((key, head) -> lines.add(head.commit() + " " + head.arrival() + " " + key));
        heads.gone.forEach((key, arrival) -> lines.add(GONE + " " + arrival + " " + key));
        return lines;
    }
}
