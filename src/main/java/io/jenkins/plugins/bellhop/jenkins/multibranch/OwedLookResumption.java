package io.jenkins.plugins.bellhop.jenkins.multibranch;

import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceOwner;

/**
 * Tells projects again what they were told before Jenkins went down, or what nothing came of, and asks again for builds that were
 * taken out of Jenkins' queue.
 */
public final class OwedLookResumption {

    private static final int NO_QUIET_PERIOD = 0;

    /** Before a project that looked in vain is told again; after the last it looks at all. */
    static final List<Duration> PAUSES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30));

    private static final Logger LOGGER = Logger.getLogger(OwedLookResumption.class.getName());

    private final OwedLooks looks;
    private final Jobs jobs;
    private final Remotes remotes;

    public OwedLookResumption(OwedLooks looks, Jobs jobs, Remotes remotes) {
        this.looks = looks;
        this.jobs = jobs;
        this.remotes = remotes;
    }

    /** To be called once Jenkins has loaded its jobs. */
    public void resume() {
        for (OwedLook look : looks.all()) {
            if (jobs.find(look.project()).orElse(null) instanceof SCMSourceOwner project) {
                resume(project, look);
            } else if (!jobs.isOnDisk(look.project())) {
                looks.settle(look);
            }
        }
    }

    /**
     * The project has looked, and nothing waits in the queue. When it couldn't fetch, that stands in its own log alone, so only
     * a build of the commit shows that it could.
     */
    void looked(OwedLook look) {
        if (hasSeen(look)) {
            looks.settle(look);
        } else if (look.inVain() < PAUSES.size()) {
            looks.again(look, PAUSES.get(look.inVain()), this::tellAgain);
        } else if (jobs.find(look.project()).orElse(null) instanceof SCMSourceOwner project) {
            owe(OwedLook.atAll(look.project(), look.happened(), System.currentTimeMillis()));
            looks.settle(look);
            lookAtAll(project);
        }
    }

    private void owe(OwedLook look) {
        try {
            looks.add(look);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "A crash would lose that " + look.project() + " is to look at all it has");
        }
    }

    private static boolean hasSeen(OwedLook look) {
        Optional<Job<?, ?>> job = branchJob(look);
        Optional<String> commit = look.news().flatMap(News::commit).map(CommitId::hex);
        return commit.isPresent()
                ? job.filter(found -> builds(found, commit.get(), look)).isPresent()
                : job.isEmpty() || isSwitchedOff(job.get());
    }

    private static boolean builds(Job<?, ?> job, String commit, OwedLook look) {
        Run<?, ?> last = job.getLastBuild();
        return last != null
                && (last.getStartTimeInMillis() >= look.since()
                        || BranchBuild.of(last)
                                .filter(build -> build.commit().hex().equals(commit))
                                .isPresent());
    }

    private static boolean isSwitchedOff(Job<?, ?> job) {
        return job instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> branch && branch.isDisabled();
    }

    private void tellAgain(OwedLook look) {
        if (jobs.find(look.project()).orElse(null) instanceof SCMSourceOwner project) {
            Optional<Job<?, ?>> unbuilt = branchJob(look)
                    .filter(job -> !look.isToldSinceStart()
                            && look.news().flatMap(News::commit).isPresent());
            // A crash may have come between Jenkins' queue and the disk: indexing takes the commit for built then.
            unbuilt.ifPresentOrElse(job -> build(job, look), () -> resume(project, look));
        }
    }

    private void resume(SCMSourceOwner project, OwedLook look) {
        List<StoredConnection> connections = Wiring.get().connections().ofItem(look.project());
        if (connections.isEmpty()) {
            looks.settle(look);
        } else if (look.news().isEmpty()) {
            lookAtAll(project);
        } else if (look.isQueued()) {
            branchJob(look).ifPresentOrElse(job -> build(job, look), () -> looks.settle(look));
        } else {
            tell(project, look, connections);
        }
    }

    private void tell(SCMSourceOwner project, OwedLook look, List<StoredConnection> connections) {
        List<BranchChanged> events = connections.stream()
                .map(stored -> new BranchChanged(
                        Set.of(look.project()),
                        look.news().orElseThrow(),
                        stored.connection(),
                        look.happened(),
                        remotes))
                .filter(event -> project.getSCMSources().stream().anyMatch(event::isMatch))
                .toList();
        if (events.isEmpty()) {
            // Its sources changed, and look by themselves then.
            looks.settle(look);
        }
        events.forEach(SCMHeadEvent::fireNow);
    }

    @SuppressWarnings("deprecation") // The Git plugin does the same; there is no other way to ask for one source.
    private static void lookAtAll(SCMSourceOwner project) {
        List<SCMSource> sources = project.getSCMSources();
        if (!sources.isEmpty()) {
            project.onSCMSourceUpdated(sources.get(0));
        }
    }

    /** A build of a branch takes what the branch is when it begins. */
    private void build(Job<?, ?> job, OwedLook look) {
        Run<?, ?> last = job.getLastBuild();
        if (last != null && last.getStartTimeInMillis() >= look.since()) {
            looks.settle(look);
            return;
        }
        boolean waits = !Wiring.get().queued(job).isEmpty()
                || ParameterizedJobMixIn.scheduleBuild2(
                                job, NO_QUIET_PERIOD, new CauseAction(new ResumedLook(look.happened())))
                        != null;
        if (!waits) {
            // The job was disabled.
            looks.settle(look);
        }
    }

    /** The job of the branch that the look is at; empty while there is none. */
    static Optional<Job<?, ?>> branchJob(OwedLook look) {
        String branch = look.news().map(news -> news.ref().shortName()).orElse("");
        for (Item item : Wiring.get()
                .jobs()
                .find(look.project())
                .map(Wiring.get().jobs()::in)
                .orElse(List.of())) {
            SCMHead head = item instanceof Job<?, ?> ? SCMHead.HeadByItem.findHead(item) : null;
            if (head != null && head.getName().equals(branch)) {
                return Optional.of((Job<?, ?>) item);
            }
        }
        return Optional.empty();
    }
}
