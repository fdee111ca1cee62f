package io.jenkins.plugins.bellhop.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.PluginWrapper;
import hudson.ProxyConfiguration;
import hudson.Util;
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
import io.jenkins.plugins.bellhop.connect.Site;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.flow.Approvals;
import io.jenkins.plugins.bellhop.flow.AuditTrail;
import io.jenkins.plugins.bellhop.flow.Dispatcher;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.KnownHooks;
import io.jenkins.plugins.bellhop.flow.Receiver;
import io.jenkins.plugins.bellhop.flow.StoredDecisions;
import io.jenkins.plugins.bellhop.forge.RestClient;
import io.jenkins.plugins.bellhop.jenkins.checkout.KeyPlaces;
import io.jenkins.plugins.bellhop.jenkins.connection.Asker;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionSources;
import io.jenkins.plugins.bellhop.jenkins.connection.Forges;
import io.jenkins.plugins.bellhop.jenkins.connection.JenkinsJobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Jobs;
import io.jenkins.plugins.bellhop.jenkins.connection.Reconciler;
import io.jenkins.plugins.bellhop.jenkins.connection.Rotations;
import io.jenkins.plugins.bellhop.jenkins.connection.SharedKeyCare;
import io.jenkins.plugins.bellhop.jenkins.connection.SharedKeyFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Suggestions;
import io.jenkins.plugins.bellhop.jenkins.connection.UserKeyCare;
import io.jenkins.plugins.bellhop.jenkins.connection.UserKeyFiles;
import io.jenkins.plugins.bellhop.jenkins.health.AgentTests;
import io.jenkins.plugins.bellhop.jenkins.health.HealthRounds;
import io.jenkins.plugins.bellhop.jenkins.health.HostKeyWatch;
import io.jenkins.plugins.bellhop.jenkins.moving.ManyJobs;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OwedLookResumption;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OwedLooks;
import io.jenkins.plugins.bellhop.jenkins.pages.ConnectionPage;
import io.jenkins.plugins.bellhop.jenkins.status.StatusQueue;
import io.jenkins.plugins.bellhop.jenkins.trigger.OwedBuilds;
import io.jenkins.plugins.bellhop.jenkins.trigger.RestoredItems;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.scm.api.SCMSourceOwner;
import org.jenkinsci.plugins.gitclient.GitHostKeyVerificationConfiguration;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The composition root: builds Bellhop's parts once for each Jenkins and hands them out. The one place that asks Jenkins
 * for its singletons.
 */
@Extension
public final class Wiring {

    private static final Logger LOGGER = Logger.getLogger(Wiring.class.getName());

    /** Entries of the audit trail that are kept until Jenkins has started. */
    static final int MOST_BEFORE_START = 100;

    private final Object owedLock = new Object();
    private OwedBuilds owedBuilds;
    private OwedLooks owedLooks;
    private volatile Parts parts;
    private volatile boolean started;
    /** What is to be written to the audit trail once Jenkins has started. */
    private final List<Runnable> beforeStart = new ArrayList<>();

    /** The connections, once they are read; for those who may not wait for the disk. */
    public Optional<ConnectionFiles> startedConnections() {
        return Optional.ofNullable(parts).map(Parts::connections);
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
                HttpClient http = ProxyConfiguration.newHttpClientBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(RestClient.CONNECT_TIMEOUT)
                        .build();
                parts = Parts.of(
                        this,
                        home().toPath().resolve("bellhop"),
                        http,
                        new JenkinsJobs(Jenkins.get()),
                        Jenkins.get()::isQuietingDown);
            } catch (IOException e) {
                throw new UncheckedIOException("Bellhop can't read or make its directory in Jenkins' home", e);
            }
        }
        return parts;
    }

    /** @throws IllegalArgumentException when Jenkins doesn't know its own address */
    static Site site() {
        return rootUrl()
                .map(root -> new Site(URI.create(root)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Jenkins' own URL is not set, so no repository can be connected: forges would not know where to"
                                + " deliver. Set it under Manage Jenkins, System, Jenkins Location"));
    }

    /** Jenkins has loaded its jobs: handle what waits, carry out what jobs ask for. */
    public void start() {
        synchronized (beforeStart) {
            started = true;
            beforeStart.forEach(Runnable::run);
            beforeStart.clear();
        }
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

    /** Something was set that jobs may have waited for: a host key that is trusted now, a server, Jenkins' URL. Returns at once. */
    public void tryWaitingJobs() {
        if (started) {
            parts().reconciler().tryAgain();
        }
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
            running.manyJobs().close();
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

    /**
     * Where forges are told to deliver, with a slash at its end; empty when nobody set it. Never the address of the request at
     * hand, which Jenkins itself falls back on: that is whatever one browser happened to use.
     */
    public static Optional<String> rootUrl() {
        return Optional.ofNullable(
                        Util.fixEmptyAndTrim(JenkinsLocationConfiguration.get().getUrl()))
                .map(root -> root.endsWith("/") ? root : root + "/");
    }

    /** @param page below Jenkins' root, whichever address the browser uses for that */
    public static String pathTo(String page) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return (request == null ? "" : request.getContextPath()) + "/" + page;
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

    /** Who connects many jobs at once. */
    public ManyJobs manyJobs() {
        return parts().manyJobs();
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
        String who = Asker.name();
        Runnable act = () -> parts().auditTrail().add(kind, who, repository, item, detail);
        synchronized (beforeStart) {
            if (!started) {
                // While Jenkins starts, a fault in Bellhop's directory must not be one of who merely sets something.
                if (beforeStart.size() < MOST_BEFORE_START) {
                    beforeStart.add(act);
                }
                return;
            }
        }
        act.run();
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
        get().tryWaitingJobs();
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

    /** Where what came of nothing is told again. */
    public OwedLookResumption owedLookResumption() {
        return new OwedLookResumption(owedLooks(), parts().jobs(), parts().remotes());
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
                .map(root -> URI.create(root + url + ConnectionPage.URL_NAME));
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

    /** Whether who asks administers Jenkins. */
    public static boolean isAdministrator() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** @throws org.springframework.security.access.AccessDeniedException unless the current user administers Jenkins */
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
