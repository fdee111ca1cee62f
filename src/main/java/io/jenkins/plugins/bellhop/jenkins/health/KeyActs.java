package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.model.Failure;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;

/** What administrators do with keys on a page: done, then written to the audit trail and the log. */
final class KeyActs {

    private static final Logger LOGGER = Logger.getLogger(KeyActs.class.getName());

    private final Act.Kind kind;

    KeyActs(Act.Kind kind) {
        this.kind = kind;
    }

    /**
     * @param what in the past tense, without who did it
     * @throws Failure with the task's own sentence; then nothing is written
     */
    HttpResponse done(String what, Task task) {
        Wiring.checkAdministrator();
        run(task);
        write(what);
        return new HttpRedirect(".");
    }

    /**
     * The same for what isn't undone when it fails halfway: it is written whatever comes of it.
     *
     * @throws Failure with the task's own sentence
     */
    HttpResponse begun(String what, Task task) {
        Wiring.checkAdministrator();
        write(what);
        run(task);
        return new HttpRedirect(".");
    }

    /**
     * Done, then written as the task itself words it.
     *
     * @throws Failure with the task's own sentence; then nothing is written
     */
    HttpResponse done(Telling task) {
        Wiring.checkAdministrator();
        AtomicReference<String> what = new AtomicReference<>();
        run(() -> what.set(task.run()));
        write(what.get());
        return new HttpRedirect(".");
    }

    private static void run(Task task) {
        try {
            task.run();
        } catch (ConnectFailure | ForgeFailure | IOException | IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    private void write(String what) {
        Wiring.get().audit(kind, "", "", what);
        LOGGER.log(Level.INFO, "{0} {1}", new Object[] {Wiring.user(), what});
    }

    /** Something that an administrator asked for. */
    @FunctionalInterface
    interface Task {
        void run() throws ConnectFailure, ForgeFailure, IOException;
    }

    /** The same, for what shows only as it is done. */
    @FunctionalInterface
    interface Telling {
        /** What was done, in the past tense, without who did it. */
        String run() throws ConnectFailure, ForgeFailure, IOException;
    }
}
