package io.jenkins.plugins.bellhop.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.PluginWrapper;
import hudson.ProxyConfiguration;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Connector;
import io.jenkins.plugins.bellhop.connect.Site;
import io.jenkins.plugins.bellhop.delivery.Durable;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.flow.CatchUp;
import io.jenkins.plugins.bellhop.flow.Dispatcher;
import io.jenkins.plugins.bellhop.flow.Handler;
import io.jenkins.plugins.bellhop.flow.HeadFiles;
import io.jenkins.plugins.bellhop.flow.Receiver;
import io.jenkins.plugins.bellhop.flow.SeenHeads;
import io.jenkins.plugins.bellhop.flow.StoredDecisions;
import io.jenkins.plugins.bellhop.jenkins.connection.Apis;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionSources;
import io.jenkins.plugins.bellhop.jenkins.connection.Departures;
import io.jenkins.plugins.bellhop.jenkins.connection.Forges;
import io.jenkins.plugins.bellhop.jenkins.connection.JenkinsJobs;
import io.jenkins.plugins.bellhop.jenkins.connection.PendingJobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Reconciler;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import io.jenkins.plugins.bellhop.jenkins.connection.Suggestions;
import io.jenkins.plugins.bellhop.jenkins.status.StatusQueue;
import io.jenkins.plugins.bellhop.jenkins.trigger.ConnectedJobs;
import io.jenkins.plugins.bellhop.jenkins.trigger.SavedQueue;
import io.jenkins.plugins.bellhop.key.GitProof;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KeyDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import jenkins.model.Jenkins;
import jenkins.util.SystemProperties;
import org.jenkinsci.plugins.gitclient.GitHostKeyVerificationConfiguration;

/**
 * The composition root: builds Bellhop's parts once for each Jenkins and hands them out. The one place that asks Jenkins
 * for its singletons.
 */
@Extension
public final class Wiring {

    private Parts parts;

    /** What one Jenkins' Bellhop consists of. */
    private record Parts(
            Forges forges,
            ConnectionFiles connections,
            Remotes remotes,
            Reconciler reconciler,
            Suggestions suggestions,
            StoredDecisions decisions,
            Receiver receiver,
            Dispatcher dispatcher,
            CatchUp catchUp,
            StatusQueue statuses) {}

    public static Wiring get() {
        return ExtensionList.lookupSingleton(Wiring.class);
    }

    static BellhopConfiguration configuration() {
        return ExtensionList.lookupSingleton(BellhopConfiguration.class);
    }

    private synchronized Parts parts() {
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
        ConnectionFiles connections = new ConnectionFiles(home.resolve("connections"));
        JenkinsJobs jobs = new JenkinsJobs(Jenkins.get());
        Remotes remotes = new Remotes(connections, forges);
        Apis apis = new Apis(forges, jobs);
        GitProof proof = new GitProof("git", this::hostKeys, swept(Durable.directory(home.resolve("proofs"))));
        Function<Credentials, Connector> connector = maker -> new Connector(
                site(),
                connections.madeWith(maker, clock.instant()),
                (url, key) -> proof.prove(url, key)
                        .match(
                                proven -> Optional.empty(),
                                notProven -> Optional.of(notProven.failure().sentence())));
        Lock oneAtATime = new ReentrantLock();
        Departures departures = new Departures(connections, jobs, remotes, apis, connector, oneAtATime, clock);
        Reconciler reconciler = new Reconciler(
                connections, new PendingJobs(home), forges, remotes, connector, jobs, departures, oneAtATime);
        StoredDecisions decisions = new StoredDecisions(home.resolve("decisions"), clock);
        ConnectionSources sources = new ConnectionSources(connections, forges, apis);
        Spool spool = new Spool(home.resolve("spool"));
        SeenHeads seen = new SeenHeads(new HeadFiles(home.resolve("heads")));
        Dispatcher dispatcher = new Dispatcher(
                spool, new Handler(sources, new ConnectedJobs(connections, jobs, remotes), sources, seen, decisions));
        Receiver receiver = new Receiver(sources, spool, decisions, dispatcher::wake);
        return new Parts(
                forges,
                connections,
                remotes,
                reconciler,
                new Suggestions(forges, jobs::token, clock),
                decisions,
                receiver,
                dispatcher,
                new CatchUp(
                        sources::watched,
                        source -> dispatcher.catchUp(source, () -> {}),
                        id -> forgetIfGone(id, connections, seen),
                        clock),
                new StatusQueue(connections, apis));
    }

    /** Nobody may watch it for a while; only with its record its heads go. */
    private static void forgetIfGone(String connectionId, ConnectionFiles connections, SeenHeads seen) {
        if (connections.byId(connectionId).isEmpty()) {
            seen.forget(connectionId);
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
        parts().reconciler().start();
        parts().dispatcher().wake();
        parts().catchUp().start();
    }

    /** Jenkins goes down. What waits stays on disk. */
    public synchronized void stop() {
        if (parts != null) {
            parts.catchUp().close();
            parts.dispatcher().close();
            parts.reconciler().close();
            parts.statuses().close();
            parts.decisions().close();
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

    /** Repositories that people may mean while they type. */
    public Suggestions suggestions() {
        return parts().suggestions();
    }

    public StoredDecisions decisions() {
        return parts().decisions();
    }

    public Receiver receiver() {
        return parts().receiver();
    }

    public StatusQueue statuses() {
        return parts().statuses();
    }

    /** The pinned host keys and those that administrators confirmed. */
    public HostKeys hostKeys() {
        return configuration().hostKeys();
    }

    /** Whether a remote, however it is spelt, is the connection's repository. */
    public boolean leadsToConnection(String connectionId, RemoteUrl remote) {
        return connections()
                .byId(connectionId)
                .map(StoredConnection::connection)
                .filter((Connection connection) -> parts().remotes().leadTo(connection, remote))
                .isPresent();
    }

    /** The deploy key's private half; empty when the connection is gone. */
    public Optional<String> privateKey(String connectionId) {
        return connections()
                .byId(connectionId)
                .map(stored -> stored.secrets().privateKey().reveal());
    }

    public SavedQueue savedQueue() {
        String id = SystemProperties.getString(Queue.class.getName() + ".id");
        return new SavedQueue(
                Jenkins.get().getQueue(), home().toPath().resolve(id == null ? "queue.xml" : "queue/" + id + ".xml"));
    }

    /** The job's items in the queue. */
    public List<Queue.Item> queued(Job<?, ?> job) {
        return job instanceof Queue.Task task ? Jenkins.get().getQueue().getItems(task) : List.of();
    }

    /** The build's page, when Jenkins knows its own address. */
    public Optional<URI> urlOf(Run<?, ?> run) {
        return Optional.ofNullable(Jenkins.get().getRootUrl()).map(root -> URI.create(root + run.getUrl()));
    }

    /** Whether the current user may configure the item; without an item, Jenkins itself. */
    public static boolean mayConfigure(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /** @throws org.springframework.security.access.AccessDeniedException unless the current user administers Jenkins */
    public static void checkAdministrator() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
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
