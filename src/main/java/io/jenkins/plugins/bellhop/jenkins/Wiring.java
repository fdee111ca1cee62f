package io.jenkins.plugins.bellhop.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.PluginWrapper;
import hudson.ProxyConfiguration;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.bellhop.connect.Connection;
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
import io.jenkins.plugins.bellhop.connect.Site;
import io.jenkins.plugins.bellhop.delivery.Durable;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.flow.Approvals;
import io.jenkins.plugins.bellhop.flow.AuditTrail;
import io.jenkins.plugins.bellhop.flow.CatchUp;
import io.jenkins.plugins.bellhop.flow.Dispatcher;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.Handler;
import io.jenkins.plugins.bellhop.flow.KnownHooks;
import io.jenkins.plugins.bellhop.flow.Memory;
import io.jenkins.plugins.bellhop.flow.RateLimits;
import io.jenkins.plugins.bellhop.flow.Receiver;
import io.jenkins.plugins.bellhop.flow.StoredDecisions;
import io.jenkins.plugins.bellhop.forge.PublicPage;
import io.jenkins.plugins.bellhop.jenkins.checkout.KeyPlaces;
import io.jenkins.plugins.bellhop.jenkins.connection.Apis;
import io.jenkins.plugins.bellhop.jenkins.connection.Asker;
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
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import io.jenkins.plugins.bellhop.jenkins.connection.Suggestions;
import io.jenkins.plugins.bellhop.jenkins.connection.UserKeyCare;
import io.jenkins.plugins.bellhop.jenkins.connection.UserKeyFiles;
import io.jenkins.plugins.bellhop.jenkins.health.AgentTests;
import io.jenkins.plugins.bellhop.jenkins.health.HealthRounds;
import io.jenkins.plugins.bellhop.jenkins.health.HostKeyWatch;
import io.jenkins.plugins.bellhop.jenkins.health.JenkinsReaders;
import io.jenkins.plugins.bellhop.jenkins.health.WideKeyAdvice;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OwedLooks;
import io.jenkins.plugins.bellhop.jenkins.pages.JobConnection;
import io.jenkins.plugins.bellhop.jenkins.status.StatusQueue;
import io.jenkins.plugins.bellhop.jenkins.trigger.ConnectedJobs;
import io.jenkins.plugins.bellhop.jenkins.trigger.OwedBuilds;
import io.jenkins.plugins.bellhop.jenkins.trigger.RestoredItems;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KeyDirectory;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMSourceOwner;
import org.jenkinsci.plugins.gitclient.GitHostKeyVerificationConfiguration;

/**
 * The composition root: builds Bellhop's parts once for each Jenkins and hands them out. The one place that asks Jenkins
 * for its singletons.
 */
@Extension
public final class Wiring {

    private static final Logger LOGGER = Logger.getLogger(Wiring.class.getName());

    private final Object owedLock = new Object();
    private OwedBuilds owedBuilds;
    private OwedLooks owedLooks;
    private volatile Parts parts;
    private volatile boolean started;

    /** What one Jenkins' Bellhop consists of. */
    private record Parts(
            Forges forges,
            ConnectionFiles connections,
            Remotes remotes,
            Reconciler reconciler,
            Rotations rotations,
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
            KeyPlaces keyPlaces) {}

    /** The connections, once Jenkins has started; for those who may not wait for the disk. */
    public Optional<ConnectionFiles> startedConnections() {
        return started ? Optional.of(parts.connections()) : Optional.empty();
    }

    public static Wiring get() {
        return ExtensionList.lookupSingleton(Wiring.class);
    }

    /** A host that two of the configured forges are on. */
    public static Optional<String> hostOfTwoForges() {
        return configuration().hostOfTwoForges();
    }

    static BellhopConfiguration configuration() {
        return ExtensionList.lookupSingleton(BellhopConfiguration.class);
    }

    /** Without a lock once they are there: webhooks don't wait while Bellhop stops. */
    private Parts parts() {
        Parts built = parts;
        return built == null ? built() : built;
    }

    private synchronized Parts built() {
        if (parts == null) {
            try {
                parts = built(home().toPath().resolve("bellhop"));
            } catch (IOException e) {
                throw new UncheckedIOException("Bellhop can't read or make its directory in Jenkins' home", e);
            }
        }
        return parts;
    }

    private Parts built(Path home) throws IOException {
        Durable.directory(home);
        Clock clock = Clock.systemUTC();
        HttpClient http = ProxyConfiguration.newHttpClientBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(io.jenkins.plugins.bellhop.forge.RestClient.CONNECT_TIMEOUT)
                .build();
        Forges forges = new Forges(() -> configuration().forges(http, clock));
        AuditTrail auditTrail = new AuditTrail(home.resolve("audit"), clock);
        ConnectionFiles connections = new ConnectionFiles(home.resolve("connections"), new AuditedChanges(auditTrail));
        JenkinsJobs jobs = new JenkinsJobs(Jenkins.get());
        Remotes remotes = new Remotes(connections, forges);
        Apis apis = new Apis(forges, jobs);
        GitProof proof = new GitProof("git", this::hostKeys, swept(Durable.directory(home.resolve("proofs"))));
        KeyProof keyProof = (url, key) -> proof.prove(url, key)
                .match(
                        proven -> Optional.empty(),
                        notProven -> Optional.of(notProven.failure().sentence()));
        Function<Credentials, Connector> connector =
                maker -> new Connector(site(), connections.madeWith(maker, clock.instant()), keyProof);
        // Fair: a rotation of many takes it again and again while somebody waits to revoke a key.
        Lock oneAtATime = new ReentrantLock(true);
        Departures departures = new Departures(connections, jobs, remotes, apis, connector, oneAtATime, clock);
        Reconciler reconciler = new Reconciler(
                connections, new PendingJobs(home), forges, remotes, connector, jobs, departures, oneAtATime);
        KeyUse builds = new RunningBuilds(connections, jobs);
        CustodyStore custodies = connections.custodies(clock);
        Supplier<Rotation> rotation = () -> new Rotation(site(), custodies, keyProof, builds, clock);
        Rotations rotations =
                new Rotations(connections, apis, rotation, () -> configuration().longestKeyAge(), oneAtATime, clock);
        RateLimits limits = new RateLimits(clock);
        UserKeyFiles userKeyFiles = new UserKeyFiles(home.resolve("user-keys"));
        SharedKeyFiles sharedKeyFiles = new SharedKeyFiles(home.resolve("shared-keys"));
        Supplier<Duration> longestAge = () -> configuration().longestKeyAge().orElse(HealthCheck.OLD_KEY);
        WideKeyAdvice advice = new WideKeyAdvice(
                connections,
                userKeyFiles,
                sharedKeyFiles,
                () -> new KeyAdvice(new JenkinsReaders(connections, jobs), longestAge.get(), clock));
        HealthRounds healthRounds = new HealthRounds(
                connections,
                apis,
                () -> new HealthCheck(site(), keyProof, longestAge.get(), clock),
                () -> new Repair(site(), custodies, rotation.get()),
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
        ConnectedJobs watches =
                new ConnectedJobs(connections, jobs, remotes, owedBuilds(), owedLooks(), reconciler::isDoubtful);
        Handler handler = new Handler(sources, watches, sources, memory, decisions, limits, clock);
        Dispatcher dispatcher = new Dispatcher(spool, handler, sources, Jenkins.get()::isQuietingDown);
        Receiver receiver = new Receiver(sources, spool, decisions, dispatcher::wake);
        return new Parts(
                forges,
                connections,
                remotes,
                reconciler,
                rotations,
                healthRounds,
                userKeyFiles,
                new UserKeyCare(
                        userKeyFiles,
                        connections,
                        forges,
                        jobs,
                        store -> new MachineKeys(site(), store, keyProof, clock),
                        () -> configuration().longestKeyAge(),
                        oneAtATime,
                        new DailyRound(home.resolve("user-keys.looked"), clock),
                        clock),
                sharedKeyFiles,
                new SharedKeyCare(
                        sharedKeyFiles,
                        connections,
                        new OwnApis(forges, jobs),
                        store -> new SharedKeys(site(), store, keyProof, clock),
                        store -> new SharedRotation(site(), store, keyProof, clock),
                        () -> configuration().longestKeyAge(),
                        oneAtATime,
                        clock),
                new AgentTests(this::hostKeys),
                new HostKeyWatch(
                        new PublishedHostKeys(new PublicPage(http)),
                        this::hostKeys,
                        change -> configuration().pin(change),
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

    /** @throws IllegalArgumentException when Jenkins doesn't know its own address */
    private static Site site() {
        String root = Jenkins.get().getRootUrl();
        if (root == null) {
            throw new IllegalArgumentException("Jenkins' own URL is not set; forges would not know where to deliver."
                    + " Set it under Manage Jenkins, System, Jenkins Location");
        }
        return new Site(URI.create(root));
    }

    /** Jenkins has loaded its jobs: handle what waits, carry out what jobs ask for. */
    public void start() {
        started = true;
        parts().watches().resume();
        parts().reconciler().start();
        parts().rotations().start();
        parts().healthRounds().start();
        parts().hostKeyWatch().start();
        parts().userKeyCare().start();
        parts().sharedKeyCare().start();
        parts().dispatcher().wake();
        parts().catchUp().start();
    }

    /** A job's property was read or made. Before the start it is one of many, and all jobs are looked through then. */
    public void jobLoaded(Job<?, ?> job) {
        if (started) {
            parts().reconciler().jobLoaded(job);
        }
    }

    /** Jenkins goes down. What waits stays on disk. */
    public void stop() {
        Parts running = parts;
        if (running != null) {
            running.catchUp().close();
            running.dispatcher().close();
            letGo(running.spool());
            running.reconciler().close();
            running.rotations().close();
            running.healthRounds().close();
            running.hostKeyWatch().close();
            running.userKeyCare().close();
            running.sharedKeyCare().close();
            running.statuses().close();
            running.decisions().close();
            running.auditTrail().close();
            owedLooks().close();
        }
    }

    /** Requests may still come in for some seconds. */
    private static void letGo(Spool spool) {
        try {
            spool.letGo();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not let go of the spool", e);
        }
    }

    /** Where forges are told to deliver; empty when Jenkins doesn't know its own address. */
    public static Optional<String> rootUrl() {
        return Optional.ofNullable(Jenkins.get().getRootUrl());
    }

    /** What the item, whoever may see it, is called in URLs; empty when it isn't there. */
    public Optional<String> pathOf(String item) {
        return new JenkinsJobs(Jenkins.get()).find(item).map(Item::getUrl);
    }

    /** Jenkins' own directory. */
    public File home() {
        return Jenkins.get().getRootDir();
    }

    public Forges forges() {
        return parts().forges();
    }

    public ConnectionFiles connections() {
        return parts().connections();
    }

    public Reconciler reconciler() {
        return parts().reconciler();
    }

    public Rotations rotations() {
        return parts().rotations();
    }

    public HealthRounds healthRounds() {
        return parts().healthRounds();
    }

    public UserKeyFiles userKeyFiles() {
        return parts().userKeyFiles();
    }

    public UserKeyCare userKeyCare() {
        return parts().userKeyCare();
    }

    public SharedKeyFiles sharedKeyFiles() {
        return parts().sharedKeyFiles();
    }

    public SharedKeyCare sharedKeyCare() {
        return parts().sharedKeyCare();
    }

    public AgentTests agentTests() {
        return parts().agentTests();
    }

    public HostKeyWatch hostKeyWatch() {
        return parts().hostKeyWatch();
    }

    /** Repositories that people may mean while they type. */
    public Suggestions suggestions() {
        return parts().suggestions();
    }

    public StoredDecisions decisions() {
        return parts().decisions();
    }

    public AuditTrail auditTrail() {
        return parts().auditTrail();
    }

    /** Writes down what the current user does; see {@link Act} for the texts. */
    public void audit(Act.Kind kind, String repository, String item, String detail) {
        parts().auditTrail().add(kind, Asker.name(), repository, item, detail);
    }

    public Spool spool() {
        return parts().spool();
    }

    public Dispatcher dispatcher() {
        return parts().dispatcher();
    }

    /** What would be decided about a kept delivery now. */
    public List<Entry> dryRun(VerifiedDelivery delivery) {
        return parts().handler().dryRun(delivery);
    }

    /** What hooks send, as it was last found. */
    public KnownHooks hooks() {
        return parts().memory().hooks();
    }

    public Receiver receiver() {
        return parts().receiver();
    }

    public ConnectionSources sources() {
        return parts().sources();
    }

    /** All jobs, whoever asks. */
    public Jobs jobs() {
        return parts().jobs();
    }

    /** Which commits of forks somebody let in, and which ones wait. */
    public Approvals approvals() {
        return parts().memory().approvals();
    }

    public StatusQueue statuses() {
        return parts().statuses();
    }

    /** The pinned host keys and those that administrators confirmed. */
    public HostKeys hostKeys() {
        return configuration().hostKeys();
    }

    /**
     * An administrator has compared the keys' fingerprints.
     *
     * @throws IllegalArgumentException when one of them may not be trusted
     */
    public static void confirm(SshHost host, List<OpenSshPublicKey> keys) {
        configuration().confirm(host, keys);
    }

    /** Whether a remote, however it is spelt, is the connection's repository. */
    public boolean leadsToConnection(String connectionId, RemoteUrl remote) {
        return connections()
                .byId(connectionId)
                .map(StoredConnection::connection)
                .filter((Connection connection) -> parts().remotes().leadTo(connection, remote))
                .isPresent();
    }

    /** The deploy key's private half; empty when the connection is gone, or its key revoked. */
    public Optional<String> privateKey(String connectionId) {
        return connections()
                .byId(connectionId)
                .flatMap(stored -> stored.custody().usableKey())
                .map(Secret::reveal);
    }

    /** Where builds' keys lie at the moment. */
    public KeyPlaces keyPlaces() {
        return parts().keyPlaces();
    }

    /** The way to a node that is online; the empty name is Jenkins itself. */
    public static Optional<VirtualChannel> channelOf(String node) {
        return Optional.ofNullable(Jenkins.get().getComputer(node)).map(Computer::getChannel);
    }

    /** Where a node that is online keeps its files. */
    public static Optional<FilePath> rootOf(String node) {
        return Optional.ofNullable(Jenkins.get().getComputer(node))
                .map(Computer::getNode)
                .map(Node::getRootPath);
    }

    /** Whether who asks may have something run on the node: on Jenkins' own, whose name is empty, administrators alone. */
    public static boolean mayUseNode(String node) {
        return Optional.ofNullable(Jenkins.get().getComputer(node))
                .filter(computer -> node.isEmpty() ? isAdministrator() : computer.hasPermission(Computer.BUILD))
                .isPresent();
    }

    /** Apart from the other parts, since Jenkins asks for it while it holds its queue. */
    public OwedBuilds owedBuilds() {
        synchronized (owedLock) {
            if (owedBuilds == null) {
                try {
                    owedBuilds = new OwedBuilds(home().toPath().resolve("bellhop/owed"));
                } catch (IOException e) {
                    throw new UncheckedIOException("Bellhop can't make its directory in Jenkins' home", e);
                }
            }
            return owedBuilds;
        }
    }

    /** The same for what multibranch projects were told. */
    public OwedLooks owedLooks() {
        synchronized (owedLock) {
            if (owedLooks == null) {
                try {
                    owedLooks = new OwedLooks(home().toPath().resolve("bellhop/owed-looks"));
                } catch (IOException e) {
                    throw new UncheckedIOException("Bellhop can't make its directory in Jenkins' home", e);
                }
            }
            return owedLooks;
        }
    }

    /** Takes the item out of Jenkins' queue; false when it has left it already. An item is another object in each state. */
    public static boolean withdraw(long itemId) {
        Queue queue = Jenkins.get().getQueue();
        AtomicBoolean withdrawn = new AtomicBoolean();
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            Queue.withLock(() -> {
                Queue.Item item = queue.getItem(itemId);
                withdrawn.set(item != null && queue.cancel(item));
            });
        }
        return withdrawn.get();
    }

    public static RestoredItems restoredItems() {
        return ExtensionList.lookupSingleton(RestoredItems.class);
    }

    /** The job's items in the queue. */
    public List<Queue.Item> queued(Job<?, ?> job) {
        return job instanceof Queue.Task task ? Jenkins.get().getQueue().getItems(task) : List.of();
    }

    /** The build, or null when it is gone. */
    @SuppressWarnings("try") // The context acts by being open.
    public static Run<?, ?> runOf(String id) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            return Run.fromExternalizableId(id);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Where the job's page, or of a branch its project's, says how the connection is, when Jenkins knows its own address. */
    public Optional<URI> connectionPageOf(Job<?, ?> job) {
        String url = job.getParent() instanceof SCMSourceOwner project ? project.getUrl() : job.getUrl();
        return Optional.ofNullable(Jenkins.get().getRootUrl())
                .map(root -> URI.create(root + url + JobConnection.URL_NAME));
    }

    /** The build's page, when Jenkins knows its own address. */
    public Optional<URI> urlOf(Run<?, ?> run) {
        return Optional.ofNullable(Jenkins.get().getRootUrl()).map(root -> URI.create(root + run.getUrl()));
    }

    /** The job's page, when Jenkins knows its own address. */
    public Optional<URI> urlOf(Job<?, ?> job) {
        return Optional.ofNullable(Jenkins.get().getRootUrl()).map(root -> URI.create(root + job.getUrl()));
    }

    /** Whether the current user may configure the item; without an item, Jenkins itself. */
    public static boolean mayConfigure(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /** @throws org.springframework.security.access.AccessDeniedException unless the current user administers Jenkins */
    /** Whether who asks administers Jenkins. */
    public static boolean isAdministrator() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    public static void checkAdministrator() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    }

    /** Who does what is being done, for the log. */
    public static String user() {
        return Jenkins.getAuthentication2().getName();
    }

    /** Whether an optional plugin is there, so that classes which use it may be touched. */
    public static boolean isActive(String plugin) {
        PluginWrapper found = Jenkins.get().getPluginManager().getPlugin(plugin);
        return found != null && found.isActive();
    }

    /** How Git in jobs verifies host keys. */
    public static GitHostKeyVerificationConfiguration hostKeyVerification() {
        return GitHostKeyVerificationConfiguration.get();
    }
}
