package io.jenkins.plugins.bellhop.sandbox;

import io.jenkins.plugins.bellhop.sandbox.bitbucketcloud.CloudApi;
import io.jenkins.plugins.bellhop.sandbox.bitbucketcloud.CloudWording;
import io.jenkins.plugins.bellhop.sandbox.bitbucketdc.DataCenterApi;
import io.jenkins.plugins.bellhop.sandbox.bitbucketdc.DataCenterWording;
import io.jenkins.plugins.bellhop.sandbox.git.GitWording;
import io.jenkins.plugins.bellhop.sandbox.github.Addresses;
import io.jenkins.plugins.bellhop.sandbox.github.GitHubApi;
import io.jenkins.plugins.bellhop.sandbox.github.GitHubWording;
import io.jenkins.plugins.bellhop.sandbox.rest.ForgeApi;
import io.jenkins.plugins.bellhop.sandbox.rest.Site;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;

/** The forges that the sandbox can be. */
public enum ForgeKind {
    GITHUB(Addresses.API_PATH, new GitHubWording()),
    BITBUCKET_CLOUD(CloudApi.PATH, new CloudWording()),
    BITBUCKET_DC(DataCenterApi.PATH, new DataCenterWording());

    private final String apiPath;
    private final GitWording wording;

    ForgeKind(String apiPath, GitWording wording) {
        this.apiPath = apiPath;
        this.wording = wording;
    }

    String apiPath() {
        return apiPath;
    }

    GitWording wording() {
        return wording;
    }

    ForgeApi api(ForgeState state, Site site, String hostKey) {
        return switch (this) {
            case GITHUB -> new GitHubApi(state, new Addresses(site), hostKey);
            case BITBUCKET_CLOUD -> new CloudApi(state, site);
            case BITBUCKET_DC -> new DataCenterApi(state, site);
        };
    }
}
