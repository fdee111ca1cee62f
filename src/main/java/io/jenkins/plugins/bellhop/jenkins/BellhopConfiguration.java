package io.jenkins.plugins.bellhop.jenkins;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudForge;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterForge;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.key.HostKeyChange;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KnownHosts;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Bellhop's part of Manage Jenkins, System: the forges besides github.com and bitbucket.org, and the host keys that an administrator vouches
 * for. The fields' names are a file format.
 */
@Extension
@Symbol("bellhop")
public final class BellhopConfiguration extends GlobalConfiguration {

    private static final Logger LOGGER = Logger.getLogger(BellhopConfiguration.class.getName());

    /** Names another address for Bitbucket Cloud's API, for trying Bellhop against a stand-in. */
    static final String CLOUD_API = BellhopConfiguration.class.getName() + ".bitbucketCloudApi";

    /** Ten years: a longer time is meant to be never. */
    static final int MOST_DAYS = 3_650;

    /** Hosts of the forges that are always there, their APIs' among them. */
    private static final Set<String> CLOUDS =
            Set.of("github.com", "api.github.com", "bitbucket.org", "api.bitbucket.org");

    private volatile List<GitHubServer> gitHubServers = new ArrayList<>();
    private volatile List<BitbucketServer> bitbucketServers = new ArrayList<>();
    private String knownHosts = "";
    private int rotateKeysAfterDays;
    /** The host keys that an administrator took over from a forge's own list, a line each, by the forge's name. */
    private final TreeMap<String, String> refreshedHostKeys = new TreeMap<>();

    private transient HostKeys hostKeys;

    public BellhopConfiguration() {
        load();
    }

    public List<GitHubServer> getGitHubServers() {
        return List.copyOf(gitHubServers);
    }

    /** @throws IllegalArgumentException when two forges are on one host */
    @DataBoundSetter
    public void setGitHubServers(List<GitHubServer> gitHubServers) {
        checkHosts(urls(Util.fixNull(gitHubServers), List.of()));
        List<URI> before = addresses();
        this.gitHubServers = new ArrayList<>(Util.fixNull(gitHubServers));
        saveServers(before);
    }

    public List<BitbucketServer> getBitbucketServers() {
        return List.copyOf(bitbucketServers);
    }

    /** @throws IllegalArgumentException when two forges are on one host */
    @DataBoundSetter
    public void setBitbucketServers(List<BitbucketServer> bitbucketServers) {
        checkHosts(urls(List.of(), Util.fixNull(bitbucketServers)));
        List<URI> before = addresses();
        this.bitbucketServers = new ArrayList<>(Util.fixNull(bitbucketServers));
        saveServers(before);
    }

    private List<URI> addresses() {
        return urls(gitHubServers, bitbucketServers).toList();
    }

    /** The form sets both lists each time, changed or not. */
    private void saveServers(List<URI> before) {
        save();
        if (!before.equals(addresses())) {
            Wiring.get().tryWaitingJobs();
        }
    }

    /** Connections and tokens are a host's: two forges on one host, at two ports or paths, would share them. */
    private static void checkHosts(Stream<URI> urls) {
        secondOn(urls).ifPresent(host -> {
            throw new IllegalArgumentException("expected one forge on each host, found a second one on " + host);
        });
    }

    private static Stream<URI> urls(List<GitHubServer> gitHubServers, List<BitbucketServer> bitbucketServers) {
        return Stream.concat(
                gitHubServers.stream().map(GitHubServer::apiBase),
                bitbucketServers.stream().map(BitbucketServer::root));
    }

    private static Optional<String> secondOn(Stream<URI> urls) {
        Set<String> taken = new HashSet<>(CLOUDS);
        return urls.map(BellhopConfiguration::host)
                .filter(host -> !taken.add(host))
                .findFirst();
    }

    private static String host(URI url) {
        return url.getHost().toLowerCase(Locale.ROOT);
    }

    /**
     * A host that is in both lists. Each list is set by itself, so this can only be seen when both are: a host may be on its way
     * from one to the other.
     */
    public Optional<String> hostOfTwoForges() {
        return secondOn(urls(gitHubServers, bitbucketServers));
    }

    public synchronized String getKnownHosts() {
        return knownHosts;
    }

    /** @throws IllegalArgumentException naming the line that can't be honoured */
    @DataBoundSetter
    public synchronized void setKnownHosts(String knownHosts) {
        String text = Util.fixNull(knownHosts).trim();
        boolean isNew = !text.equals(this.knownHosts);
        trust(text);
        if (isNew) {
            Wiring.get().audit(Act.Kind.HOST_KEYS, "", "", "settings: " + hostKeys.confirmed());
            Wiring.get().tryWaitingJobs();
        }
    }

    private void trust(String text) {
        this.hostKeys = pins().confirmed(KnownHosts.parse(text));
        this.knownHosts = text;
        save();
    }

    public synchronized int getRotateKeysAfterDays() {
        return rotateKeysAfterDays;
    }

    /** @throws IllegalArgumentException unless it is 0, for never, or a number of days */
    @DataBoundSetter
    public synchronized void setRotateKeysAfterDays(int rotateKeysAfterDays) {
        if (rotateKeysAfterDays < 0 || rotateKeysAfterDays > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "expected 0 to " + MOST_DAYS + " days before keys are rotated, found " + rotateKeysAfterDays);
        }
        this.rotateKeysAfterDays = rotateKeysAfterDays;
        save();
    }

    synchronized Optional<Duration> longestKeyAge() {
        return Optional.of(Duration.ofDays(rotateKeysAfterDays)).filter(age -> !age.isZero());
    }

    List<Forge> forges(HttpClient http, Clock clock) {
        List<Forge> forges = new ArrayList<>();
        forges.add(GitHubForge.cloud(http, clock));
        forges.add(bitbucketCloud(http, clock));
        gitHubServers.forEach(server -> forges.add(GitHubForge.enterprise(server.apiBase(), http, clock)));
        Set<String> taken = gitHubServers.stream()
                .map(GitHubServer::apiBase)
                .map(BellhopConfiguration::host)
                .collect(Collectors.toSet());
        bitbucketServers.stream()
                .filter(server -> !taken.contains(host(server.root())))
                .forEach(server -> forges.add(DataCenterForge.at(server.root(), http, clock)));
        return forges;
    }

    private static Forge bitbucketCloud(HttpClient http, Clock clock) {
        String standIn = System.getProperty(CLOUD_API, "");
        if (standIn.isEmpty()) {
            return CloudForge.cloud(http, clock);
        }
        URI api = URI.create(standIn);
        return CloudForge.at(api.getHost(), api, http, clock);
    }

    /** The pinned host keys and the confirmed ones; the pinned ones alone when the file was spoilt by hand. */
    synchronized HostKeys hostKeys() {
        if (hostKeys == null) {
            try {
                hostKeys = pins().restored(KnownHosts.parse(knownHosts));
            } catch (IllegalArgumentException e) {
                LOGGER.warning("Bellhop's stored host keys can't be read; only the pinned ones are trusted: "
                        + e.getMessage());
                hostKeys = pins();
            }
        }
        return hostKeys;
    }

    /** What is pinned: what the forges listed when somebody last took it over, else what is built in. */
    private synchronized HostKeys pins() {
        HostKeys pins = HostKeys.pinned();
        for (PinnedForge forge : PinnedForge.values()) {
            String lines = refreshedHostKeys.getOrDefault(forge.name(), "");
            try {
                pins = lines.isEmpty()
                        ? pins
                        : pins.refreshed(
                                forge,
                                lines.lines().map(OpenSshPublicKey::parse).toList());
            } catch (IllegalArgumentException e) {
                LOGGER.warning("Bellhop's stored host keys of " + forge + " can't be used; the built-in ones are: "
                        + e.getMessage());
            }
        }
        return pins;
    }

    /** An administrator has seen the change and takes it over. */
    public synchronized void pin(HostKeyChange change) {
        refreshedHostKeys.put(
                change.forge().name(),
                change.published().stream().map(OpenSshPublicKey::typeAndData).collect(Collectors.joining("\n")));
        hostKeys = null;
        save();
        Wiring.get().tryWaitingJobs();
    }

    /**
     * An administrator has compared the keys' fingerprints.
     *
     * @throws IllegalArgumentException when one of them may not be trusted
     */
    public synchronized void confirm(SshHost host, List<OpenSshPublicKey> keys) {
        KnownHosts added = KnownHosts.none().plus(host, keys);
        String text = (knownHosts + "\n" + added.text()).trim();
        this.hostKeys = pins().restored(KnownHosts.parse(text)).confirmed(added);
        this.knownHosts = text;
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        List<GitHubServer> gitHubBefore = gitHubServers;
        List<BitbucketServer> bitbucketBefore = bitbucketServers;
        try {
            if (!form.has("gitHubServers")) {
                // An emptied list isn't in the form at all.
                setGitHubServers(List.of());
            }
            if (!form.has("bitbucketServers")) {
                setBitbucketServers(List.of());
            }
            request.bindJSON(this, form);
            checkHosts(urls(gitHubServers, bitbucketServers));
        } catch (IllegalArgumentException e) {
            gitHubServers = gitHubBefore;
            bitbucketServers = bitbucketBefore;
            save();
            throw new FormException(e.getMessage(), e, "knownHosts");
        }
        return true;
    }

    @RequirePOST
    public FormValidation doCheckKnownHosts(@QueryParameter String value) {
        if (!Wiring.mayConfigure(null)) {
            return FormValidation.ok();
        }
        try {
            HostKeys checked =
                    pins().confirmed(KnownHosts.parse(Util.fixNull(value).trim()));
            return FormValidation.ok(Messages.BellhopConfiguration_KnownHosts(checked.confirmed()));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
