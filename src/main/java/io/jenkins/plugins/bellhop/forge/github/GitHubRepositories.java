package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.Optional;

/** Reads repositories. */
final class GitHubRepositories implements ForgeApi.Repositories {

    private final GitHubCalls calls;
    private final String host;

    GitHubRepositories(GitHubCalls calls, String host) {
        this.calls = calls;
        this.host = host;
    }

    @Override
    public RepositoryFacts read(RepositoryName name) throws ForgeFailure {
        Need need = new Need("show repository " + name, "Metadata: read", "repo");
        return calls.get("/repos/" + name, need, this::facts);
    }

    private RepositoryFacts facts(Json repository) throws UnreadablePayload {
        RepositoryId id = new RepositoryId(
                host,
                Long.toString(repository.at("id").number()),
                repository.at("full_name").as(RepositoryName::parse));
        Optional<Json> permissions = repository.find("permissions");
        return new RepositoryFacts(
                id,
                repository.findText("default_branch"),
                repository.flag("private"),
                repository.at("ssh_url").text(),
                permissions.isPresent() && permissions.get().flag("admin"));
    }
}
