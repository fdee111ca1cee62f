package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Dialect;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.RestClient;
import io.jenkins.plugins.bellhop.forge.TokenKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** github.com, or one GitHub Enterprise Server. */
public final class GitHubForge implements Forge {

    /** github.com and its endpoint for SSH over port 443. */
    private static final Set<String> CLOUD_HOSTS = Set.of("github.com", "www.github.com", "ssh.github.com");

    private final String kind;
    private final String host;
    private final Set<String> hosts;
    private final URI apiBase;
    private final HttpClient http;
    private final Clock clock;

    private GitHubForge(String kind, String host, Set<String> hosts, URI apiBase, HttpClient http, Clock clock) {
        this.kind = kind;
        this.host = host;
        this.hosts = hosts;
        this.apiBase = RestClient.checked(apiBase);
        this.http = http;
        this.clock = clock;
    }

    public static GitHubForge cloud(HttpClient http, Clock clock) {
        return new GitHubForge("GitHub", "github.com", CLOUD_HOSTS, GitHubApi.CLOUD, http, clock);
    }

    /**
     * @param apiBase as in {@code https://github.example.com/api/v3}
     * @throws IllegalArgumentException for a base that credentials can't safely be sent to
     */
    public static GitHubForge enterprise(URI apiBase, HttpClient http, Clock clock) {
        URI base = URI.create(RestClient.checked(apiBase).toString().replaceAll("/+$", ""));
        String host = base.getHost().toLowerCase(Locale.ROOT);
        return new GitHubForge("GitHub Enterprise Server", host, Set.of(host), base, http, clock);
    }

    /**
     * Whether this looks like the root of an API: an Enterprise Server's ends in {@code /api/v3}; in the cloud it is a host of
     * its own, {@code api.…}. A proxy may have it elsewhere.
     */
    public static boolean isUsualBase(URI apiBase) {
        return apiBase.getPath().replaceAll("/+$", "").endsWith("/api/v3")
                || apiBase.getHost().toLowerCase(Locale.ROOT).startsWith("api.");
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String kind() {
        return kind;
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
        return new GitHubDialect(host);
    }

    @Override
    public ForgeApi api(Secret credential) throws ForgeFailure {
        Secret token = TokenKind.expected(TokenKind.GITHUB, "a GitHub token", credential, host);
        return new GitHubApi(http, host, apiBase, token, clock);
    }

    /** Published for every pull request, also for those from forks, so that a deploy key of the base opens it. */
    @Override
    public Optional<String> pullRequestRef(long number) {
        return Optional.of("refs/pull/" + number + "/head");
    }

    @Override
    public Optional<String> mergeRef(long number) {
        return Optional.of("refs/pull/" + number + "/merge");
    }
}
