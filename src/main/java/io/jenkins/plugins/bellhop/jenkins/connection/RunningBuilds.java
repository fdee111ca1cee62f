package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.connect.KeyUse;
import java.time.Instant;

/**
 * Who may hold a connection's key: the running builds of the items that may use it, of a multibranch project those of its
 * branches.
 */
public final class RunningBuilds implements KeyUse {

    private final ConnectionFiles files;
    private final Jobs jobs;

    public RunningBuilds(ConnectionFiles files, Jobs jobs) {
        this.files = files;
        this.jobs = jobs;
    }

    @Override
    @SuppressWarnings("try") // The context acts by being open.
    public boolean runsSince(String connectionId, Instant time) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return files.byId(connectionId).stream()
                    .flatMap(stored -> stored.items().stream())
                    .flatMap(item -> jobs.find(item).stream())
                    .flatMap(item -> item.getAllJobs().stream())
                    .anyMatch(job -> runsSince(job, time));
        }
    }

    private static boolean runsSince(Job<?, ?> job, Instant time) {
        for (Run<?, ?> run = newestRunning(job); run != null; run = run.getPreviousBuildInProgress()) {
            if (run.getStartTimeInMillis() <= time.toEpochMilli()) {
                return true;
            }
        }
        return false;
    }

    private static Run<?, ?> newestRunning(Job<?, ?> job) {
        Run<?, ?> last = job.getLastBuild();
        return last == null || last.isBuilding() ? last : last.getPreviousBuildInProgress();
    }
}
