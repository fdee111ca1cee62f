package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.RestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;

/**
 * GitHub's REST API with one token, of any kind: classic, fine-grained, or a GitHub App's. Source of every path and
 * member: GitHub's own API description, npm package {@code @octokit/openapi}.
 */
public final class GitHubApi implements ForgeApi {

    /** The base of github.com; an Enterprise Server's is {@code https://HOST/api/v3}. */
    public static final URI CLOUD = URI.create("https://api.github.com");

    private final Repositories repositories;
    private final Refs refs;
    private final DeployKeys deployKeys;
    private final Hooks hooks;
    private final PullRequests pullRequests;
    private final Changes changes;
    private final People people;
    private final Statuses statuses;
    private final UserKeys userKeys;

    /**
     * @param host the forge's host as configured in Jenkins; ends up in every {@code RepositoryId}
     * @param base the API's root
     */
    public GitHubApi(HttpClient http, String host, URI base, Secret token, Clock clock) {
        RestClient client = new RestClient(
                http,
                base,
                Secret.of("Bearer " + token.reveal()),
                Map.of("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", "2022-11-28"));
        Calls calls = new Calls(client, new GitHubRefusals(host, clock), new GitHubPaging());
        repositories = new GitHubRepositories(calls, host, base);
        refs = new GitHubRefs(calls);
        deployKeys = new GitHubDeployKeys(calls);
        hooks = new GitHubHooks(calls);
        pullRequests = new GitHubPullRequests(calls);
        changes = new GitHubChanges(calls);
        people = new GitHubPeople(calls);
        statuses = new GitHubStatuses(calls);
        userKeys = new GitHubUserKeys(calls);
    }

    @Override
    public Repositories repositories() {
        return repositories;
    }

    @Override
    public Refs refs() {
        return refs;
    }

    @Override
    public DeployKeys deployKeys() {
        return deployKeys;
    }

    @Override
    public Hooks hooks() {
        return hooks;
    }

    @Override
    public PullRequests pullRequests() {
        return pullRequests;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public People people() {
        return people;
    }

    @Override
    public Statuses statuses() {
        return statuses;
    }

    @Override
    public UserKeys userKeys() {
        return userKeys;
    }
}
