package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import io.jenkins.plugins.bellhop.forge.SameRepository;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads repositories. */
final class GitHubRepositories implements ForgeApi.Repositories {

    /** Beside {@code public_repo}, which opens public repositories' keys. */
    private static final Set<String> HOOK_SCOPES = Set.of("write:repo_hook", "admin:repo_hook");

    private final Calls calls;
    private final String host;
    private final URI base;

    GitHubRepositories(Calls calls, String host, URI base) {
        this.calls = calls;
        this.host = host;
        this.base = base;
    }

    @Override
    public RepositoryFacts read(RepositoryName name) throws ForgeFailure {
        Need need = new Need("show repository " + name, "Metadata: read", "repo");
        try {
            return calls.get("/repos/" + name, need, this::facts);
        } catch (ForgeFailure failure) {
            throw mayBeNoApi(failure);
        }
    }

    /** A server that is asked at a wrong address finds nothing there, or answers with a page for people. */
    private ForgeFailure mayBeNoApi(ForgeFailure failure) {
        boolean asIfThereWereNone = failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.UNREADABLE_ANSWER;
        return asIfThereWereNone && !GitHubForge.isUsualBase(base)
                ? new ForgeFailure(
                        failure.kind(),
                        failure.getMessage() + " Or the API isn't at " + base
                                + ": the API URL of a GitHub Enterprise Server ends in /api/v3.")
                : failure;
    }

    @Override
    public RepositoryFacts current(RepositoryId repository) throws ForgeFailure {
        return SameRepository.checked(read(repository.name()), repository);
    }

    /** Classic tokens' answers name their scopes; what others may do isn't told. The owner's role is told of the owner alone. */
    @Override
    public void requireConnecting(RepositoryId repository) throws ForgeFailure {
        String path = "/repos/" + repository.name();
        Need need = new Need("show repository " + repository.name(), "Metadata: read", "repo");
        Optional<String> scopes = calls.header(path, need, "X-OAuth-Scopes").filter(header -> !header.isBlank());
        if (scopes.isEmpty()) {
            return;
        }
        List<String> has = List.of(scopes.get().trim().split("\\s*,\\s*"));
        if (!has.contains("repo")
                && !(has.contains("public_repo") && has.stream().anyMatch(HOOK_SCOPES::contains))) {
            throw lacking("the token lacks the scope \"repo\" (it has: " + scopes.get() + ")", repository);
        }
        if (!calls.get(path, need, GitHubRepositories::mayBeAdministered)) {
            throw lacking("the token's owner is not an administrator of the repository", repository);
        }
    }

    private ForgeFailure lacking(String what, RepositoryId repository) {
        return new ForgeFailure(
                Kind.NOT_PERMITTED,
                host + " would not add a deploy key and a webhook to " + repository.name() + ": " + what + ".");
    }

    private static boolean mayBeAdministered(Json repository) throws UnreadablePayload {
        Optional<Json> permissions = repository.find("permissions");
        return permissions.isEmpty() || permissions.get().flag("admin");
    }

    @Override
    public List<RepositoryName> administered(int most) throws ForgeFailure {
        Need need = new Need("list your repositories", "Metadata: read", "repo");
        List<Optional<RepositoryName>> all =
                calls.first(most, "/user/repos?sort=full_name", need, GitHubRepositories::nameIfAdministered);
        return all.stream().flatMap(Optional::stream).toList();
    }

    private static Optional<RepositoryName> nameIfAdministered(Json repository) throws UnreadablePayload {
        Optional<Json> permissions = repository.find("permissions");
        return permissions.isPresent() && permissions.get().flag("admin")
                ? Optional.of(repository.at("full_name").as(RepositoryName::parse))
                : Optional.empty();
    }

    private RepositoryFacts facts(Json repository) throws UnreadablePayload {
        RepositoryId id = new RepositoryId(
                host,
                Long.toString(repository.at("id").number()),
                repository.at("full_name").as(RepositoryName::parse));
        return new RepositoryFacts(
                id,
                repository.findText("default_branch"),
                repository.flag("private"),
                repository.at("ssh_url").text());
    }
}
