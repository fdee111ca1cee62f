package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.sandbox.SandboxAgent;
import io.jenkins.plugins.bellhop.sandbox.SandboxAgent.Run;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The sandbox's one job: checks out what was decided, runs its build script, reports the result. */
final class SandboxJob implements WatchingJob {

    /** There is none, but forges want a link. */
    private static final URI PAGE = URI.create("http://localhost/job/app/");

    private final String name;
    private final SandboxAgent agent;
    private final Checkout checkout;
    private final MemoryStore store;
    private final ForgeApi api;
    private final List<Built> builds = new CopyOnWriteArrayList<>();
    private final Map<String, Subject> newest = new ConcurrentHashMap<>();
    private volatile Watch watch = Watch.DEFAULT;

    /** A build that ended: what it built and how it went. */
    record Built(Subject subject, Run run) {}

    SandboxJob(String name, SandboxAgent agent, Checkout checkout, MemoryStore store, ForgeApi api) {
        this.name = name;
        this.agent = agent;
        this.checkout = checkout;
        this.store = store;
        this.api = api;
    }

    void setWatch(Watch watch) {
        this.watch = watch;
    }

    List<Built> builds() {
        return List.copyOf(builds);
    }

    /** Runs git in a build's workspace as the build script would: whatever keys the build has are those it finds. */
    Run gitInBuild(Built build, String... command) throws IOException {
        return agent.run(build.run().workspace(), Map.of(), command);
    }

    /** Runs git in a build's workspace with the key that checked it out. */
    Run gitWithKey(Built build, Connection connection, String... command) throws IOException {
        MemoryStore.Kept kept = store.byId(connection.id()).orElseThrow();
        return checkout.withKey(
                connection, kept.secrets(), ssh -> agent.run(build.run().workspace(), ssh, command));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Watch watch() {
        return watch;
    }

    @Override
    public boolean isBuiltAlready(Subject subject) {
        return Optional.ofNullable(newest.get(subject.key()))
                .filter(built -> built.commit().equals(subject.commit()))
                .isPresent();
    }

    /** Builds at once: the story waits for it. */
    @Override
    public void build(Build decision, Trigger trigger) throws BuildFailure {
        MemoryStore.Kept kept = store.byId(trigger.source().connection().id()).orElseThrow();
        Subject subject = decision.subject();
        newest.put(subject.key(), subject);
        try {
            report(kept.connection(), subject, State.PENDING, "is running");
            String ref = subject.match(
                    own -> own.ref().fullName(),
                    fork -> trigger.source()
                            .forge()
                            .pullRequestRef(fork.request().number())
                            .orElseThrow());
            Run run = checkout.run(
                            agent,
                            kept.connection(),
                            kept.secrets(),
                            ref,
                            subject.commit().hex())
                    .then(agent, Map.of(), "./build.sh");
            builds.add(new Built(subject, run));
            State state = run.succeeded() ? State.SUCCESS : State.FAILURE;
            report(kept.connection(), subject, state, run.succeeded() ? "succeeded" : "failed");
        } catch (IOException | ForgeFailure e) {
            throw new BuildFailure("Not built: " + e.getMessage());
        }
    }

    private void report(Connection connection, Subject subject, State state, String words) throws ForgeFailure {
        CommitStatus status = new CommitStatus(
                state, "jenkins/" + name, "Build of " + subject.described() + " " + words, Optional.of(PAGE));
        api.statuses().post(connection.repository(), subject.commit(), status);
    }
}
