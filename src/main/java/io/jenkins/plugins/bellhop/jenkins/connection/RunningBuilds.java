package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.connect.KeyUse;
import java.time.Instant;

/** Who may hold a connection's key: the running builds of the items that may use it. */
public final class RunningBuilds implements KeyUse {

    private final ConnectionFiles files;
    private final Jobs jobs;

    public RunningBuilds(ConnectionFiles files, Jobs jobs) {
        this.files = files;
        this.jobs = jobs;
    }

    @Override
    public boolean runsSince(String connectionId, Instant time) {
        return files.byId(connectionId).stream()
                .flatMap(stored -> stored.items().stream())
                .flatMap(item -> jobs.find(item).stream())
                .anyMatch(job -> runsSince(job, time));
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
