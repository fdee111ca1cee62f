package io.jenkins.plugins.bellhop.jenkins.moving;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.OneByOne;
import io.jenkins.plugins.bellhop.connect.OneByOne.Step;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Asker;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Reconciler;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.moving.FormerTriggers.Off;
import io.jenkins.plugins.bellhop.moving.Chosen;
import io.jenkins.plugins.bellhop.moving.Chosen.Shown;
import io.jenkins.plugins.bellhop.moving.Preview;
import io.jenkins.plugins.bellhop.moving.Proposal;
import io.jenkins.plugins.bellhop.moving.Proposal.Connecting;
import io.jenkins.plugins.bellhop.moving.Repositories;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Connects jobs that somebody chose, one after the other, on a thread of its own. A job whose connection can't be made stays as
 * it is. A restart ends it: what is done stays done, and the rest is listed as not connected.
 */
public final class ManyJobs implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(ManyJobs.class.getName());

    /** Together longer than the hour over which forges count calls. */
    private static final List<Duration> PAUSES =
            Stream.of(1, 5, 15, 45).map(Duration::ofMinutes).toList();

    private final Jobs jobs;
    private final UnconnectedJobs unconnected;
    private final Reconciler reconciler;
    private volatile Optional<OneByOne> last = Optional.empty();

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop connecting of many");
        named.setDaemon(true);
        return named;
    });

    public ManyJobs(Jobs jobs, UnconnectedJobs unconnected, Reconciler reconciler) {
        this.jobs = jobs;
        this.unconnected = unconnected;
        this.reconciler = reconciler;
    }

    UnconnectedJobs unconnected() {
        return unconnected;
    }

    /**
     * Begins, unless that is being done for others. Permissions were checked. Returns at once.
     *
     * @param switchOff whether the triggers that Bellhop takes the place of are taken from the jobs
     */
    synchronized boolean connect(Chosen chosen, String credentialsId, boolean switchOff) {
        if (last.filter(running -> !running.progress().isOver()).isPresent()) {
            return false;
        }
        OneByOne begun = new OneByOne(chosen.jobs(), PAUSES);
        Map<String, Shown> shown = chosen.byJob();
        Repositories known = unconnected.known();
        Step step = name -> connected(shown.get(name), known, credentialsId.trim(), switchOff);
        try {
            thread.execute(Asker.takenAlong(() -> run(begun, step)));
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; nothing is connected");
            return false;
        }
        last = Optional.of(begun);
        return true;
    }

    /** Nobody else would hear of an error. */
    private static void run(OneByOne begun, Step step) {
        try {
            begun.run(step);
        } catch (Error e) {
            LOGGER.log(Level.SEVERE, "The connecting of many jobs ended", e);
            throw e;
        }
    }

    /** The last one; empty when there was none since Jenkins started. */
    Optional<OneByOne> last() {
        return last;
    }

    @SuppressWarnings("try") // The context acts by being open.
    private String connected(Shown shown, Repositories known, String credentialsId, boolean switchOff)
            throws ConnectFailure {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            Item item = jobs.find(shown.job()).orElseThrow(() -> failure(Messages.ManyJobs_Gone()));
            Preview preview = unconnected.of(item, known).orElseThrow(() -> failure(Messages.ManyJobs_Faster()));
            Proposal proposal = preview.proposal();
            Connecting connecting = proposal.connecting().orElseThrow(() -> failure(proposal.sentence()));
            if (!Shown.of(preview).equals(Optional.of(shown))) {
                throw failure(Messages.ManyJobs_Changed(connecting.remote().text()));
            }
            if (!(item instanceof Job<?, ?> job)) {
                throw failure(proposal.sentence());
            }
            String sentence = attempted(job, connecting, credentialsId);
            return switchOff ? sentence + switchedOff(job, connecting) : sentence;
        }
    }

    /** The section comes last: a job that couldn't be connected doesn't ask for it, either. */
    private String attempted(Job<?, ?> job, Connecting connecting, String credentialsId) throws ConnectFailure {
        String url = connecting.remote().text();
        Attempt attempt = reconciler.connectFor(job, url, credentialsId);
        if (!attempt.connected()) {
            throw new ConnectFailure(attempt.sentence(), attempt.mayPass(), List.of());
        }
        RepositoryConnection section = new RepositoryConnection(url);
        section.setCredentialsId(credentialsId);
        try {
            add(job, section);
        } catch (IOException | RuntimeException e) {
            takeBack(job);
            throw failure(Messages.ManyJobs_Unsaved(e.getMessage()));
        }
        return attempt.sentence();
    }

    /** Jenkins added it before it tried to save, and would go by it until it starts anew. */
    private static void takeBack(Job<?, ?> job) {
        try {
            job.removeProperty(RepositoryConnection.class);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Without its section " + job.getFullName() + " can't be saved, either");
        }
    }

    private static <J extends Job<J, R>, R extends Run<J, R>> void add(Job<J, R> job, RepositoryConnection section)
            throws IOException {
        job.addProperty(section);
    }

    /** The job is connected, whatever becomes of its triggers. */
    private static String switchedOff(Job<?, ?> job, Connecting connecting) {
        List<Off> off;
        try {
            off = FormerTriggers.switchOff(job);
        } catch (IOException | RuntimeException | LinkageError e) {
            return " " + Messages.ManyJobs_StillOn(e.getMessage());
        }
        if (off.isEmpty()) {
            return "";
        }
        String settings = off.stream().map(Off::setting).collect(Collectors.joining("; "));
        Wiring.get().audit(Kind.TRIGGER_OFF, repository(connecting), job.getFullName(), settings);
        return " " + Messages.ManyJobs_Off(off.stream().map(Off::label).collect(Collectors.joining(", ")));
    }

    private static String repository(Connecting connecting) {
        return connecting.repository().host() + "/" + connecting.repository().name();
    }

    private static ConnectFailure failure(String sentence) {
        return new ConnectFailure(sentence, false, List.of());
    }

    @Override
    public void close() {
        last.ifPresent(OneByOne::stop);
        thread.shutdown();
    }
}
