package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.RestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;

/** Bitbucket Cloud's REST API 2.0. Source of every path and member: Atlassian's API description of Bitbucket Cloud. */
final class CloudApi implements ForgeApi {

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

    CloudApi(HttpClient http, String host, URI base, CloudCredential credential, Clock clock) {
        RestClient client =
                new RestClient(http, base, credential.authorization(), Map.of("Accept", "application/json"));
        Calls calls = new Calls(client, new CloudRefusals(host, clock), new CloudPaging());
        repositories = new CloudRepositories(calls, host);
        refs = new CloudRefs(calls);
        deployKeys = new CloudDeployKeys(calls, credential);
        hooks = new CloudHooks(calls);
        pullRequests = new CloudPullRequests(calls);
        changes = new CloudChanges(calls);
        people = new CloudPeople(calls);
        statuses = new CloudStatuses(calls);
        userKeys = new CloudUserKeys(calls, credential);
        projectKeys = new CloudProjectKeys(calls, credential);
    }

    static String path(RepositoryName name) {
        return "/repositories/" + Calls.encoded(name.owner()) + "/" + Calls.encoded(name.name());
    }

    /** By the UUID, which stays what it is when the repository is renamed; its old name leads nowhere then. */
    static String path(RepositoryId repository) {
        return "/repositories/" + Calls.encoded(repository.name().owner()) + "/" + Calls.encoded(repository.stableId());
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
