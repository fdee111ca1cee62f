package io.jenkins.plugins.bellhop.forge.bitbucketdc;

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
import java.util.List;
import java.util.Optional;

/** Reads repositories. */
final class DataCenterRepositories implements ForgeApi.Repositories {

    private final Calls calls;
    private final String host;

    DataCenterRepositories(Calls calls, String host) {
        this.calls = calls;
        this.host = host;
    }

    /** The default branch takes a call of its own, which finds nothing while the repository is empty. */
    @Override
    public RepositoryFacts read(RepositoryName name) throws ForgeFailure {
        Need need = new Need("show repository " + name, "REPO_READ");
        Found found = calls.get(DataCenterApi.path("api", name), need, this::found);
        Optional<String> defaultBranch = defaultBranch(found.id(), need);
        String sshUrl = found.sshUrl()
                .orElseThrow(() -> new ForgeFailure(
                        Kind.REFUSED,
                        host + " tells no SSH address of " + found.id()
                                + ". Have an administrator switch SSH on (Administration, Server settings)."));
        return new RepositoryFacts(found.id(), defaultBranch, found.isPrivate(), sshUrl);
    }

    /** Older servers know the second address alone. */
    private Optional<String> defaultBranch(RepositoryId repository, Need need) throws ForgeFailure {
        for (String address : List.of("/default-branch", "/branches/default")) {
            Optional<String> found = calls.find(
                    DataCenterApi.path(repository) + address,
                    need,
                    branch -> branch.at("displayId").text());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public RepositoryFacts current(RepositoryId repository) throws ForgeFailure {
        return SameRepository.checked(read(repository.name()), repository);
    }

    @Override
    public List<RepositoryName> administered(int most) throws ForgeFailure {
        return calls.first(
                most,
                "/api/latest/repos?permission=REPO_ADMIN&archived=ACTIVE",
                new Need("list your repositories", "REPO_ADMIN"),
                DataCenterRepository::name);
    }

    private Found found(Json repository) throws UnreadablePayload {
        return new Found(
                DataCenterRepository.id(repository, host),
                !repository.flag("public"),
                sshUrl(repository.find("links")));
    }

    private static Optional<String> sshUrl(Optional<Json> links) throws UnreadablePayload {
        Optional<Json> clone = links.isPresent() ? links.get().find("clone") : Optional.empty();
        if (clone.isEmpty()) {
            return Optional.empty();
        }
        for (Json link : clone.get().items()) {
            if (link.at("name").text().equals("ssh")) {
                return Optional.of(link.at("href").text());
            }
        }
        return Optional.empty();
    }

    private record Found(RepositoryId id, boolean isPrivate, Optional<String> sshUrl) {}
}
