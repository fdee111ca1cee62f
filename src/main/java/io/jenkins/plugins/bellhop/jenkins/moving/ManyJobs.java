package io.jenkins.plugins.bellhop.jenkins.moving;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.OneByOne;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Asker;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Reconciler;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.moving.Chosen;
import io.jenkins.plugins.bellhop.moving.Preview;
import io.jenkins.plugins.bellhop.moving.Proposal;
import io.jenkins.plugins.bellhop.moving.Proposal.Connecting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.logging.Logger;

/**
 * Connects jobs that somebody chose, one after the other, on a thread of its own. A job whose connection can't be made stays as
 * it is. A restart ends it: what is done stays done, and the rest is listed as not connected.
 */
public final class ManyJobs implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(ManyJobs.class.getName());

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
        OneByOne begun = new OneByOne(chosen.jobs());
        try {
            thread.execute(Asker.takenAlong(() -> begun.run(name -> connected(name, credentialsId.trim(), switchOff))));
        } catch (RejectedExecutionException e) {
            LOGGER.fine("Closed already; nothing is connected");
            return false;
        }
        last = Optional.of(begun);
        return true;
    }

    /** The last one; empty when there was none since Jenkins started. */
    Optional<OneByOne> last() {
        return last;
    }

    @SuppressWarnings("try") // The context acts by being open.
    private String connected(String name, String credentialsId, boolean switchOff) throws ConnectFailure {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            Item item = jobs.find(name).orElseThrow(() -> failure("The job is gone."));
            Preview preview = unconnected
                    .of(item)
                    .orElseThrow(() -> failure("It asks for a connection already: somebody was faster."));
            Proposal proposal = preview.proposal();
            Connecting connecting = proposal.connecting().orElseThrow(() -> failure(proposal.sentence()));
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
        Attempt attempt = reconciler.connectNow(job, url, credentialsId);
        if (!attempt.connected()) {
            throw failure(attempt.sentence());
        }
        RepositoryConnection section = new RepositoryConnection(url);
        section.setCredentialsId(credentialsId);
        try {
            add(job, section);
        } catch (IOException e) {
            throw failure("Its configuration could not be saved, so the connection ends again by itself: "
                    + e.getMessage() + ".");
        }
        return attempt.sentence();
    }

    private static <J extends Job<J, R>, R extends Run<J, R>> void add(Job<J, R> job, RepositoryConnection section)
            throws IOException {
        job.addProperty(section);
    }

    private static String switchedOff(Job<?, ?> job, Connecting connecting) throws ConnectFailure {
        List<String> off;
        try {
            off = FormerTriggers.switchOff(job);
        } catch (IOException e) {
            throw failure("Connected, but its former trigger is still on: " + e.getMessage() + ".");
        }
        if (off.isEmpty()) {
            return "";
        }
        String named = String.join(", ", off);
        Wiring.get().audit(Kind.TRIGGER_OFF, repository(connecting), job.getFullName(), named);
        return " Switched off: " + named + ".";
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
