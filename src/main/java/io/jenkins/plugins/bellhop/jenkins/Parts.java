package io.jenkins.plugins.bellhop.jenkins;

import io.jenkins.plugins.bellhop.connect.Connector;
import io.jenkins.plugins.bellhop.connect.CustodyStore;
import io.jenkins.plugins.bellhop.connect.HealthCheck;
import io.jenkins.plugins.bellhop.connect.KeyAdvice;
import io.jenkins.plugins.bellhop.connect.KeyProof;
import io.jenkins.plugins.bellhop.connect.KeyUse;
import io.jenkins.plugins.bellhop.connect.MachineKeys;
import io.jenkins.plugins.bellhop.connect.PublishedHostKeys;
import io.jenkins.plugins.bellhop.connect.Repair;
import io.jenkins.plugins.bellhop.connect.Rotation;
import io.jenkins.plugins.bellhop.connect.SharedKeys;
import io.jenkins.plugins.bellhop.connect.SharedRotation;
import io.jenkins.plugins.bellhop.delivery.Durable;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.flow.AuditTrail;
import io.jenkins.plugins.bellhop.flow.CatchUp;
import io.jenkins.plugins.bellhop.flow.Dispatcher;
import io.jenkins.plugins.bellhop.flow.Handler;
import io.jenkins.plugins.bellhop.flow.Memory;
import io.jenkins.plugins.bellhop.flow.RateLimits;
import io.jenkins.plugins.bellhop.flow.Receiver;
import io.jenkins.plugins.bellhop.flow.StoredDecisions;
import io.jenkins.plugins.bellhop.forge.PublicPage;
import io.jenkins.plugins.bellhop.jenkins.checkout.KeyPlaces;
import io.jenkins.plugins.bellhop.jenkins.connection.Apis;
import io.jenkins.plugins.bellhop.jenkins.connection.AuditedChanges;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionSources;
import io.jenkins.plugins.bellhop.jenkins.connection.DailyRound;
import io.jenkins.plugins.bellhop.jenkins.connection.Departures;
import io.jenkins.plugins.bellhop.jenkins.connection.Forges;
import io.jenkins.plugins.bellhop.jenkins.connection.JenkinsJobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.OwnApis;
import io.jenkins.plugins.bellhop.jenkins.connection.PendingJobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Reconciler;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import io.jenkins.plugins.bellhop.jenkins.connection.Rotations;
import io.jenkins.plugins.bellhop.jenkins.connection.RunningBuilds;
import io.jenkins.plugins.bellhop.jenkins.connection.SharedKeyCare;
import io.jenkins.plugins.bellhop.jenkins.connection.SharedKeyFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import io.jenkins.plugins.bellhop.jenkins.connection.Suggestions;
import io.jenkins.plugins.bellhop.jenkins.connection.UserKeyCare;
import io.jenkins.plugins.bellhop.jenkins.connection.UserKeyFiles;
import io.jenkins.plugins.bellhop.jenkins.health.AgentTests;
import io.jenkins.plugins.bellhop.jenkins.health.HealthRounds;
import io.jenkins.plugins.bellhop.jenkins.health.HostKeyWatch;
import io.jenkins.plugins.bellhop.jenkins.health.JenkinsReaders;
import io.jenkins.plugins.bellhop.jenkins.health.WideKeyAdvice;
import io.jenkins.plugins.bellhop.jenkins.moving.ManyJobs;
import io.jenkins.plugins.bellhop.jenkins.moving.UnconnectedJobs;
import io.jenkins.plugins.bellhop.jenkins.status.StatusQueue;
import io.jenkins.plugins.bellhop.jenkins.trigger.ConnectedJobs;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.KeyDirectory;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What one Jenkins' Bellhop consists of. */
record Parts(
        Forges forges,
        ConnectionFiles connections,
        Remotes remotes,
        Reconciler reconciler,
        Rotations rotations,
        ManyJobs manyJobs,
        HealthRounds healthRounds,
        UserKeyFiles userKeyFiles,
        UserKeyCare userKeyCare,
        SharedKeyFiles sharedKeyFiles,
        SharedKeyCare sharedKeyCare,
        AgentTests agentTests,
        HostKeyWatch hostKeyWatch,
        Suggestions suggestions,
        StoredDecisions decisions,
        AuditTrail auditTrail,
        Memory memory,
        Receiver receiver,
        Spool spool,
        Handler handler,
        ConnectedJobs watches,
        Dispatcher dispatcher,
        CatchUp catchUp,
        StatusQueue statuses,
        ConnectionSources sources,
        Jobs jobs,
        KeyPlaces keyPlaces) {

    /**
     * Builds them all, in an order in which each finds what it needs.
     *
     * @param home Bellhop's own directory, made if it is missing
     * @param http for calls to forges, which follows no redirects
     * @param quiet whether Jenkins is about to go down, so that deliveries wait
     */
    static Parts of(Wiring wiring, Path home, HttpClient http, JenkinsJobs jobs, BooleanSupplier quiet)
            throws IOException {
        Durable.directory(home);
        Clock clock = Clock.systemUTC();
        Forges forges = new Forges(() -> Wiring.configuration().forges(http, clock));
        AuditTrail auditTrail = new AuditTrail(home.resolve("audit"), clock);
        ConnectionFiles connections = new ConnectionFiles(home.resolve("connections"), new AuditedChanges(auditTrail));
        Remotes remotes = new Remotes(connections, forges);
        Apis apis = new Apis(forges, jobs);
        GitProof proof = new GitProof("git", wiring::hostKeys, swept(Durable.directory(home.resolve("proofs"))));
        KeyProof keyProof = KeyProof.by(
                (url, key) -> proof.prove(url, key)
                        .match(proven -> Optional.empty(), notProven -> Optional.of(notProven.failure())),
                wiring::hostKeys);
        Function<Credentials, Connector> connector =
                maker -> new Connector(Wiring::site, connections.madeWith(maker, clock.instant()), keyProof);
        // Fair: a rotation of many takes it again and again while somebody waits to revoke a key.
        Lock oneAtATime = new ReentrantLock(true);
        Departures departures = new Departures(connections, jobs, remotes, apis, connector, oneAtATime, clock);
        Reconciler reconciler = new Reconciler(
                connections, new PendingJobs(home), forges, remotes, connector, jobs, departures, oneAtATime);
        KeyUse builds = new RunningBuilds(connections, jobs);
        CustodyStore custodies = connections.custodies(clock);
        Supplier<Rotation> rotation = () -> new Rotation(Wiring.site(), custodies, keyProof, builds, clock);
        Rotations rotations = new Rotations(
                connections, apis, rotation, () -> Wiring.configuration().longestKeyAge(), oneAtATime, clock);
        RateLimits limits = new RateLimits(clock);
        UserKeyFiles userKeyFiles = new UserKeyFiles(home.resolve("user-keys"));
        SharedKeyFiles sharedKeyFiles = new SharedKeyFiles(home.resolve("shared-keys"));
        Supplier<Duration> longestAge =
                () -> Wiring.configuration().longestKeyAge().orElse(HealthCheck.OLD_KEY);
        WideKeyAdvice advice = new WideKeyAdvice(
                connections,
                userKeyFiles,
                sharedKeyFiles,
                () -> new KeyAdvice(new JenkinsReaders(connections, jobs), longestAge.get(), clock));
        HealthRounds healthRounds = new HealthRounds(
                connections,
                apis,
                () -> new HealthCheck(Wiring.site(), keyProof, longestAge.get(), clock),
                () -> new Repair(Wiring.site(), custodies, rotation.get()),
                advice,
                oneAtATime,
                limits,
                home.resolve("health"),
                clock);
        StoredDecisions decisions =
                new StoredDecisions(home.resolve("decisions"), clock, id -> nameOf(id, connections));
        ConnectionSources sources = new ConnectionSources(connections, forges, apis);
        Memory memory = Memory.in(home);
        // Last of what can fail: it locks its directory.
        Spool spool = new Spool(home.resolve("spool"));
        ConnectedJobs watches = new ConnectedJobs(
                connections, jobs, remotes, wiring.owedBuilds(), wiring.owedLooks(), reconciler::isDoubtful);
        Handler handler = new Handler(sources, watches, sources, memory, decisions, limits, clock);
        Dispatcher dispatcher = new Dispatcher(spool, handler, sources, quiet);
        AgentTests agentTests = new AgentTests(wiring::hostKeys);
        connections.forgottenBy(handler::forget);
        connections.forgottenBy(healthRounds::forget);
        connections.forgottenBy(agentTests::forget);
        Receiver receiver = new Receiver(sources, spool, decisions, dispatcher::wake);
        return new Parts(
                forges,
                connections,
                remotes,
                reconciler,
                rotations,
                new ManyJobs(jobs, new UnconnectedJobs(jobs, forges, connections), reconciler),
                healthRounds,
                userKeyFiles,
                new UserKeyCare(
                        userKeyFiles,
                        connections,
                        forges,
                        jobs,
                        store -> new MachineKeys(Wiring.site(), store, keyProof, clock),
                        () -> Wiring.configuration().longestKeyAge(),
                        oneAtATime,
                        new DailyRound(home.resolve("user-keys.looked"), clock),
                        clock),
                sharedKeyFiles,
                new SharedKeyCare(
                        sharedKeyFiles,
                        connections,
                        new OwnApis(forges, jobs),
                        store -> new SharedKeys(Wiring.site(), store, keyProof, clock),
                        store -> new SharedRotation(Wiring.site(), store, keyProof, clock),
                        () -> Wiring.configuration().longestKeyAge(),
                        oneAtATime,
                        new DailyRound(home.resolve("shared-keys.looked"), clock),
                        clock),
                agentTests,
                new HostKeyWatch(
                        new PublishedHostKeys(new PublicPage(http)),
                        wiring::hostKeys,
                        change -> Wiring.configuration().pin(change),
                        () -> hostsOf(connections),
                        home.resolve("published-host-keys"),
                        new DailyRound(home.resolve("host-keys.looked"), clock)),
                new Suggestions(forges, jobs::token, clock),
                decisions,
                auditTrail,
                memory,
                receiver,
                spool,
                handler,
                watches,
                dispatcher,
                new CatchUp(
                        sources::watched,
                        source -> dispatcher.catchUp(source, () -> {}),
                        id -> forgetIfGone(id, connections, memory),
                        clock),
                new StatusQueue(connections, apis),
                sources,
                jobs,
                new KeyPlaces(Durable.directory(home.resolve("key-places"))));
    }

    private static Set<String> hostsOf(ConnectionFiles connections) {
        return connections.all().stream()
                .map(stored -> stored.connection().repository().host())
                .collect(Collectors.toSet());
    }

    private static String nameOf(String connectionId, ConnectionFiles connections) {
        return connections
                .byId(connectionId)
                .map(stored -> stored.connection().repository().toString())
                .orElse("");
    }

    /** Nobody may watch it for a while; only with its record its heads go. */
    private static void forgetIfGone(String connectionId, ConnectionFiles connections, Memory memory) {
        if (connections.byId(connectionId).isEmpty()) {
            memory.forget(connectionId);
        }
    }

    /** A crash in the midst of a proof leaves its key there, in clear. Nothing is proven yet. */
    private static Path swept(Path proofs) throws IOException {
        KeyDirectory.sweep(proofs);
        return proofs;
    }
}
