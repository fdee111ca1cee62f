package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudDialect;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterDialect;
import io.jenkins.plugins.bellhop.forge.github.GitHubDialect;
import java.util.Locale;

/** The dialects, each with the folder of its fixtures; a new forge is one line here. */
public enum Dialects {
    GITHUB(new GitHubDialect("github.com"), "github", "push", "github.com"),
    BITBUCKET_CLOUD(new CloudDialect("bitbucket.org"), "bitbucketcloud", "repo:push", "bitbucket.org"),
    BITBUCKET_DC(
            new DataCenterDialect("bitbucket.example.com"),
            "bitbucketdc",
            "repo:refs_changed",
            "bitbucket.example.com");

    private final Dialect dialect;
    private final String folder;
    private final String push;
    private final String host;

    Dialects(Dialect dialect, String folder, String push, String host) {
        this.dialect = dialect;
        this.folder = folder;
        this.push = push;
        this.host = host;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Below this package's folder of resources. */
    public String folder() {
        return folder;
    }

    /** What the forge calls a push. */
    String push() {
        return push;
    }

    String host() {
        return host;
    }

    /** As the manifest of recorded deliveries calls it. */
    String provider() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
