package io.jenkins.plugins.bellhop.jenkins.trigger;

import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import java.util.Optional;

/** A job whose settings can't be had just now. What arrives meanwhile waits. */
record UnloadedJob(String name, String reason) implements WatchingJob {

    /** It lies on disk and Jenkins doesn't have it: Jenkins reads its configuration anew, or could not read this job. */
    static UnloadedJob notLoaded(String name) {
        return new UnloadedJob(
                name,
                "Not decided yet: Jenkins has not loaded the job " + name
                        + ", though it is on disk. The log of Jenkins says why if that lasts.");
    }

    /** The step {@code properties} takes all properties from a job before it gives it the new ones, and saves it then. */
    static UnloadedJob beingChanged(String name) {
        return new UnloadedJob(
                name,
                "Not decided yet: the properties of the job " + name
                        + " are being changed. If that lasts, save the job's configuration.");
    }

    @Override
    public Optional<String> whyOutOfReach() {
        return Optional.of(reason);
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
        throw new BuildFailure(reason);
    }
}
