package io.jenkins.plugins.bellhop.jenkins.multibranch;

import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceOwner;

/** Tells projects again what they were told before Jenkins went down, and asks again for builds that were taken out of its queue. */
public final class OwedLookResumption {

    private static final int NO_QUIET_PERIOD = 0;

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

    private void resume(SCMSourceOwner project, OwedLook look) {
        List<StoredConnection> connections = Wiring.get().connections().ofItem(look.project());
        if (connections.isEmpty()) {
            looks.settle(look);
        } else if (look.news().isEmpty()) {
            lookAtAll(project);
        } else if (look.isQueued()) {
            branchJob(look).ifPresentOrElse(job -> build(job, look), () -> looks.settle(look));
        } else {
            for (StoredConnection stored : connections) {
                SCMHeadEvent.fireNow(new BranchChanged(
                        Set.of(look.project()), look.news().get(), stored.connection(), look.happened(), remotes));
            }
        }
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
