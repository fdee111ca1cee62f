package io.jenkins.plugins.bellhop.jenkins.multibranch;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import java.util.Optional;

/**
 * A multibranch project was told something, and Jenkins hasn't got a record yet of what comes of it. The fields' names are a file
 * format.
 */
final class OwedLook {

    private final String project;
    private final String ref;
    private final String commit;
    private final String happened;
    private final long since;
    private final boolean queued;
    /** Times that the project looked in vain, since Jenkins started. */
    private final transient int inVain;
    /** Not so for one that was read from its file. */
    private final transient boolean toldSinceStart;

    private OwedLook(
            String project,
            String ref,
            String commit,
            String happened,
            long since,
            boolean queued,
            int inVain,
            boolean toldSinceStart) {
        this.project = project;
        this.ref = ref;
        this.commit = commit;
        this.happened = happened;
        this.since = since;
        this.queued = queued;
        this.inVain = inVain;
        this.toldSinceStart = toldSinceStart;
    }

    /**
     * At one branch.
     *
     * @param project full name
     * @param now milliseconds since the epoch
     */
    static OwedLook at(News branch, String project, String happened, long now) {
        return new OwedLook(
                project,
                branch.ref().fullName(),
                branch.commit().map(CommitId::hex).orElse(""),
                happened,
                now,
                false,
                0,
                true);
    }

    /** At all that the project has. */
    static OwedLook atAll(String project, String happened, long now) {
        return new OwedLook(project, "", "", happened, now, false, 0, true);
    }

    /** A file that lacks something is no owed look: that shows when it is read. */
    private Object readResolve() {
        if (project == null || ref == null || commit == null || happened == null) {
            throw new IllegalArgumentException(
                    "expected an owed look with project, ref, commit and happened, found a file without");
        }
        news();
        return this;
    }

    OwedLook renamed(String today) {
        return new OwedLook(today, ref, commit, happened, since, queued, inVain, toldSinceStart);
    }

    /** The look is done, and Jenkins has put a build of the branch into its queue. */
    OwedLook asQueued() {
        return new OwedLook(project, ref, commit, happened, since, true, inVain, toldSinceStart);
    }

    /** The project has looked, and nothing came of it. */
    OwedLook lookedInVain() {
        return new OwedLook(project, ref, commit, happened, since, queued, inVain + 1, toldSinceStart);
    }

    String project() {
        return project;
    }

    /** Full name; empty when the project is to look at all. */
    String ref() {
        return ref;
    }

    /** What the project was told; empty when it is to look at all. */
    Optional<News> news() {
        return ref.isEmpty()
                ? Optional.empty()
                : Optional.of(new News(
                        new GitRef(ref), commit.isEmpty() ? Optional.empty() : Optional.of(new CommitId(commit))));
    }

    /** In words. */
    String happened() {
        return happened;
    }

    /** Milliseconds since the epoch. */
    long since() {
        return since;
    }

    boolean isQueued() {
        return queued;
    }

    /** Times that the project looked in vain, since Jenkins started. */
    int inVain() {
        return inVain;
    }

    /** False for one that outlived a start of Jenkins. */
    boolean isToldSinceStart() {
        return toldSinceStart;
    }

    /** News of one branch follow each other: the last is what counts. */
    String place() {
        return place(project, ref);
    }

    static String place(String project, String ref) {
        return project + " " + ref;
    }
}
