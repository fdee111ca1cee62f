package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Dialect;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.RestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** bitbucket.org. */
public final class CloudForge implements Forge {

    private static final URI API = URI.create("https://api.bitbucket.org/2.0");
    private static final String HOST = "bitbucket.org";
    /** bitbucket.org and its endpoint for SSH over port 443. */
    private static final Set<String> HOSTS = Set.of(HOST, "www.bitbucket.org", "altssh.bitbucket.org");

    private final String host;
    private final Set<String> hosts;
    private final URI apiBase;
    private final HttpClient http;
    private final Clock clock;

    private CloudForge(String host, Set<String> hosts, URI apiBase, HttpClient http, Clock clock) {
        this.host = host;
        this.hosts = hosts;
        this.apiBase = RestClient.checked(apiBase);
        this.http = http;
        this.clock = clock;
    }

    public static CloudForge cloud(HttpClient http, Clock clock) {
        return new CloudForge(HOST, HOSTS, API, http, clock);
    }

    /** Something else that speaks as Bitbucket Cloud does, such as a stand-in for trying things out. */
    public static CloudForge at(String host, URI apiBase, HttpClient http, Clock clock) {
        return new CloudForge(host, Set.of(host), apiBase, http, clock);
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String kind() {
        return "Bitbucket Cloud";
    }

    @Override
    public boolean owns(RemoteUrl remote) {
        return hosts.contains(remote.host());
    }

    /** People paste the address of a branch's page as well. */
    @Override
    public RepositoryName nameOf(RemoteUrl remote) {
        return remote.leadingName();
    }

    @Override
    public Dialect dialect() {
        return new CloudDialect(host);
    }

    @Override
    public ForgeApi api(Secret credential) throws ForgeFailure {
        return new CloudApi(http, host, apiBase, CloudCredential.of(credential, host), clock);
    }

    /** There is none: a fork's commits are in the fork alone, which a deploy key of the base doesn't open. */
    @Override
    public Optional<String> pullRequestRef(long number) {
        return Optional.empty();
    }
}
