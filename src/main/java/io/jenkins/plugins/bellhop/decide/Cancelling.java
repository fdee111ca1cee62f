package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import java.util.Optional;

/**
 * What one event takes away of one job's unfinished builds. A branch or tag that is deleted and a pull request that is
 * closed end what only they asked for; a newer commit that is being built supersedes older ones. Only builds that were asked for earlier are
 * touched, and never those of the default branch.
 */
public final class Cancelling {

    private final Event event;
    private final String arrival;
    private final Watch watch;
    private final Situation situation;

    /**
     * To be asked after the event was decided and, if so decided, built.
     *
     * @param arrival of the event; greater, as a text, than that of every event which came before
     */
    public Cancelling(Event event, String arrival, Watch watch, Situation situation) {
        this.event = event;
        this.arrival = arrival;
        this.watch = watch;
        this.situation = situation;
    }

    /** The key of the only subject whose builds may be concerned; empty when no build can be. */
    public Optional<String> subject() {
        return ended().or(() -> newer().map(Subject::key));
    }

    /** Whether builds that have begun may be concerned too. */
    public boolean concernsRunning() {
        return ended().isPresent() || watch.superseding().running();
    }

    /**
     * Empty when the event is none of this build's business.
     *
     * @throws Undecided when something that has to be known can't be found out now; asking again later may help
     */
    public Optional<Cancellation> of(UnfinishedBuild build) throws Undecided {
        if (build.arrival().compareTo(arrival) >= 0
                || subject().filter(build.subject()::equals).isEmpty()) {
            return Optional.empty();
        }
        if (event instanceof Event.RefDeleted deleted) {
            return Optional.of(afterDeletion(deleted.ref()));
        }
        if (event instanceof Event.PullRequestChanged changed && changed.change() == Change.CLOSED) {
            return Optional.of(afterClosing(changed.pullRequest()));
        }
        return superseded(build);
    }

    private Optional<String> ended() {
        if (event instanceof Event.RefDeleted deleted) {
            return Optional.of(deleted.ref().fullName());
        }
        return event instanceof Event.PullRequestChanged changed && changed.change() == Change.CLOSED
                ? Optional.of(SubjectOf.pullRequest(changed.pullRequest()).key())
                : Optional.empty();
    }

    /** What is to be built now, if builds of it can be out of date: a tag's are wanted, whatever it points to later. */
    private Optional<Subject> newer() {
        return event.match(new SubjectOf())
                .filter(subject -> subject.match(ref -> !ref.ref().isTag(), fork -> true));
    }

    private Cancellation afterDeletion(GitRef ref) throws Undecided {
        if (isDefaultBranch(ref)) {
            return new Cancellation.Keep(defaultBranchStays(ref));
        }
        if (!ref.isTag() && situation.hasOpenPullRequest(ref)) {
            return new Cancellation.Keep("Not cancelled: " + ref.described()
                    + " was deleted, but an open pull request of this repository still asks for it.");
        }
        return new Cancellation.Cancel("Cancelled: " + ref.described() + " was deleted.");
    }

    private Cancellation afterClosing(PullRequest request) throws Undecided {
        if (request.fork()) {
            return new Cancellation.Cancel(
                    "Cancelled: " + request.described() + ", which comes from a fork, was closed.");
        }
        GitRef branch = GitRef.branch(request.headBranch());
        boolean deleted = situation.isDeleted(branch);
        if (!watch.onlyPullRequests() && !deleted) {
            return new Cancellation.Keep("Not cancelled: " + request.described() + " was closed, but \"Only build pull"
                    + " requests\" is off, so the push to " + branch.described() + " asks for it too.");
        }
        if (isDefaultBranch(branch)) {
            return new Cancellation.Keep(defaultBranchStays(branch));
        }
        if (situation.hasOtherOpenPullRequest(branch, request.number())) {
            return new Cancellation.Keep("Not cancelled: " + request.described()
                    + " was closed, but another open pull request comes from " + branch.described() + ".");
        }
        return new Cancellation.Cancel("Cancelled: " + request.described() + " was closed"
                + (deleted
                        ? " and " + branch.described() + " was deleted."
                        : ", \"Only build pull requests\" is on and no other open pull request comes from "
                                + branch.described() + "."));
    }

    private Optional<Cancellation> superseded(UnfinishedBuild build) throws Undecided {
        boolean givesWay = build.running()
                ? watch.superseding().running()
                : watch.superseding().queued();
        Subject newer = newer().orElseThrow();
        if (!givesWay
                || newer.commit().isSameAs(build.commit())
                || !situation.isBuiltAlready(newer)
                || isDefaultBranch(newer)) {
            return Optional.empty();
        }
        String setting =
                build.running() ? "Abort running builds of older commits" : "Cancel queued builds of older commits";
        return Optional.of(new Cancellation.Cancel(
                "Cancelled: superseded by " + newer.commit().shortHex() + ", a newer commit of " + newer.described()
                        + "; \"" + setting + "\" is on."));
    }

    private boolean isDefaultBranch(Subject subject) throws Undecided {
        return subject instanceof Subject.Ref own && isDefaultBranch(own.ref());
    }

    private boolean isDefaultBranch(GitRef ref) throws Undecided {
        if (ref.isTag()) {
            return false;
        }
        Optional<String> told = event instanceof Event.BranchPushed pushed ? pushed.defaultBranch() : Optional.empty();
        Optional<String> branch = told.isPresent() ? told : situation.defaultBranch();
        return branch.filter(ref.shortName()::equals).isPresent();
    }

    private static String defaultBranchStays(GitRef branch) {
        return "Not cancelled: " + branch.described() + " is the default branch.";
    }
}
