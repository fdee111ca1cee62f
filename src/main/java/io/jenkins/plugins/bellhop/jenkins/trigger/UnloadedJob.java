package io.jenkins.plugins.bellhop.jenkins.trigger;

import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import java.util.Optional;

/**
 * A job that lies on disk and that Jenkins doesn't have: it reads its configuration anew just now, or could not read this
 * job. What arrives meanwhile waits.
 */
record UnloadedJob(String name) implements WatchingJob {

    @Override
    public Optional<String> whyOutOfReach() {
        return Optional.of("Not decided yet: Jenkins has not loaded the job " + name
                + ", though it is on disk. The log of Jenkins says why if that lasts.");
    }

    @Override
    public Watch watch() {
        return Watch.DEFAULT;
    }

    @Override
    public boolean isBuiltAlready(Subject subject) {
        return false;
    }

    @Override
    public void build(Build decision, Trigger trigger) throws BuildFailure {
        throw new BuildFailure(whyOutOfReach().orElseThrow());
    }
}
