package io.jenkins.plugins.bellhop.forge.bitbucketdc;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One Bitbucket Data Center. */
public final class DataCenterForge implements Forge {

    /** What stands in a browser's address bar. */
    private static final Pattern PAGE = Pattern.compile("(?:.*/)?(projects|users)/([^/]+)/repos/([^/]+)(?:/.*)?");

    private final String host;
    private final URI apiBase;
    private final HttpClient http;
    private final Clock clock;

    private DataCenterForge(String host, URI apiBase, HttpClient http, Clock clock) {
        this.host = host;
        this.apiBase = apiBase;
        this.http = http;
        this.clock = clock;
    }

    /**
     * @param url the server's own, as in {@code https://bitbucket.example.com} or with a context path
     * @throws IllegalArgumentException for a URL that credentials can't safely be sent to
     */
    public static DataCenterForge at(URI url, HttpClient http, Clock clock) {
        URI checked = RestClient.checked(url);
        String root = checked.toString().replaceAll("/+$", "");
        return new DataCenterForge(checked.getHost().toLowerCase(Locale.ROOT), URI.create(root + "/rest"), http, clock);
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String kind() {
        return "Bitbucket Data Center";
    }

    @Override
    public boolean owns(RemoteUrl remote) {
        return remote.host().equals(host);
    }

    @Override
    public String addressOf(RepositoryName name) {
        return apiBase.toString().replaceFirst("rest$", "scm/") + name + ".git";
    }

    /** Also of a page's URL, {@code …/projects/KEY/repos/slug} or {@code …/users/name/repos/slug}. */
    @Override
    public RepositoryName nameOf(RemoteUrl remote) {
        Matcher page = PAGE.matcher(remote.path());
        if (remote.overSsh() || !page.matches()) {
            return remote.repositoryName();
        }
        String owner = page.group(1).equals("users") ? "~" + page.group(2) : page.group(2);
        return new RepositoryName(owner, page.group(3));
    }

    @Override
    public Dialect dialect() {
        return new DataCenterDialect(host);
    }

    @Override
    public ForgeApi api(Secret credential) throws ForgeFailure {
        Secret token = TokenKind.expected(
                TokenKind.DATA_CENTER,
                "an HTTP access token (in Bitbucket: Manage account or Repository settings, HTTP access tokens)",
                credential,
                host);
        return new DataCenterApi(http, host, apiBase, token, clock);
    }

    /** Made for every pull request, also for those from forks, so that an access key of the base opens it. */
    @Override
    public Optional<String> pullRequestRef(long number) {
        return Optional.of("refs/pull-requests/" + number + "/from");
    }

    @Override
    public Optional<String> mergeRef(long number) {
        return Optional.of("refs/pull-requests/" + number + "/merge");
    }

    @Override
    public boolean tellsTagObjects() {
        return true;
    }
}
