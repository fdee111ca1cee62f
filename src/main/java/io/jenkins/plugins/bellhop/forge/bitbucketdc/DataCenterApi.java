package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.RestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;

/**
 * Bitbucket Data Center's REST API with one HTTP access token, of a person, a project or a repository. Source of every
 * path and member: Atlassian's API description of Data Center 9.2.
 */
public final class DataCenterApi implements ForgeApi {

    private final Repositories repositories;
    private final Refs refs;
    private final DeployKeys deployKeys;
    private final Hooks hooks;
    private final PullRequests pullRequests;
    private final Changes changes;
    private final People people;
    private final Statuses statuses;
    private final UserKeys userKeys;
    private final ProjectKeys projectKeys;

    /**
     * @param host the forge's host as configured in Jenkins; ends up in every {@code RepositoryId}
     * @param base the API's root, {@code https://HOST/rest}
     */
    public DataCenterApi(HttpClient http, String host, URI base, Secret token, Clock clock) {
        RestClient client =
                new RestClient(http, base, Secret.of("Bearer " + token.reveal()), Map.of("Accept", "application/json"));
        Calls calls = new Calls(client, new DataCenterRefusals(host, clock), new DataCenterPaging());
        repositories = new DataCenterRepositories(calls, host);
        refs = new DataCenterRefs(calls);
        deployKeys = new DataCenterKeys(calls);
        hooks = new DataCenterHooks(calls);
        pullRequests = new DataCenterPullRequests(calls);
        changes = new DataCenterChanges(calls);
        people = new DataCenterPeople(calls);
        statuses = new DataCenterStatuses(calls);
        userKeys = new DataCenterUserKeys(calls);
        projectKeys = new DataCenterProjectKeys(calls);
    }

    /** The path of a repository below one of the API's modules, such as {@code api} or {@code keys}. */
    static String path(String module, RepositoryName name) {
        return "/" + module + "/latest/projects/" + Calls.encoded(name.owner()).replace("%7E", "~") + "/repos/"
                + Calls.encoded(name.name());
    }

    static String path(RepositoryId repository) {
        return path("api", repository.name());
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

    @Override
    public ProjectKeys projectKeys() {
        return projectKeys;
    }
}
