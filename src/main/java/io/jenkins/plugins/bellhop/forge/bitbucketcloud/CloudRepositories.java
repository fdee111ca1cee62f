package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads repositories. */
final class CloudRepositories implements ForgeApi.Repositories {

    private static final String READ = "read:repository:bitbucket";

    /** Without those to delete, what is added could not be taken back. */
    private static final List<String> CONNECTING = List.of(
            "admin:repository:bitbucket",
            "write:ssh-key:bitbucket",
            "delete:ssh-key:bitbucket",
            "write:webhook:bitbucket",
            "delete:webhook:bitbucket");

    private final Calls calls;
    private final String host;

    CloudRepositories(Calls calls, String host) {
        this.calls = calls;
        this.host = host;
    }

    @Override
    public RepositoryFacts read(RepositoryName name) throws ForgeFailure {
        return calls.get(CloudApi.path(name), new Need("show repository " + name, READ), this::facts);
    }

    @Override
    public RepositoryFacts current(RepositoryId repository) throws ForgeFailure {
        Need need = new Need("show repository " + repository, READ);
        return SameRepository.checked(calls.get(CloudApi.path(repository), need, this::facts), repository);
    }

    /** Where the answer names scopes as API tokens have them; it names others, or none, for other kinds of credentials. */
    @Override
    public void requireConnecting(RepositoryId repository) throws ForgeFailure {
        Need need = new Need("show repository " + repository, READ);
        List<String> has = calls.header(CloudApi.path(repository), need, "x-oauth-scopes")
                .map(header -> List.of(header.trim().split("\\s*,\\s*")))
                .orElse(List.of());
        List<String> lacks =
                CONNECTING.stream().filter(scope -> !has.contains(scope)).toList();
        if (has.stream().anyMatch(scope -> scope.endsWith(":bitbucket")) && !lacks.isEmpty()) {
            throw new ForgeFailure(
                    Kind.NOT_PERMITTED,
                    host + " would not add a deploy key and a webhook to " + repository
                            + ": the token lacks the scopes " + String.join(", ", lacks) + ".");
        }
    }

    /** One workspace after the other: the calls that looked into all of them were removed in 2026. */
    @Override
    public List<RepositoryName> administered(int most) throws ForgeFailure {
        Need need = new Need("list your repositories", "read:workspace:bitbucket");
        List<RepositoryName> administered = new ArrayList<>();
        List<String> workspaces = calls.list(
                "/user/workspaces",
                need,
                access -> access.at("workspace").at("slug").text());
        for (String workspace : workspaces) {
            if (administered.size() >= most) {
                return administered;
            }
            administered.addAll(calls.first(
                    most - administered.size(),
                    "/repositories/" + Calls.encoded(workspace) + "?role=admin",
                    new Need("list the repositories of workspace " + workspace, READ),
                    CloudRepository::name));
        }
        return administered;
    }

    private RepositoryFacts facts(Json repository) throws UnreadablePayload {
        Optional<Json> main = repository.find("mainbranch");
        return new RepositoryFacts(
                CloudRepository.id(repository, host),
                main.isPresent() ? main.get().findText("name") : Optional.empty(),
                repository.flag("is_private"),
                sshUrl(repository.at("links").at("clone")));
    }

    private static String sshUrl(Json links) throws UnreadablePayload {
        for (Json link : links.items()) {
            if (link.at("name").text().equals("ssh")) {
                return link.at("href").text();
            }
        }
        throw new UnreadablePayload(links.path(), "expected a link named ssh, found none");
    }
}
