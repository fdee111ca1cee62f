package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Need;
import java.util.List;
import java.util.Optional;

/** Pull requests. */
final class GitHubPullRequests implements ForgeApi.PullRequests {

    private final Calls calls;

    GitHubPullRequests(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<PullRequest> openFrom(RepositoryId repository, String branch) throws ForgeFailure {
        String head = Calls.encoded(repository.name().owner() + ":" + branch);
        return listed(repository, "&head=" + head).stream()
                // A fork by the same owner has the same owner:branch.
                .filter(pullRequest ->
                        !pullRequest.fork() && pullRequest.headBranch().equals(branch))
                .toList();
    }

    @Override
    public List<PullRequest> open(RepositoryId repository) throws ForgeFailure {
        return listed(repository, "");
    }

    @Override
    public Optional<PullRequest> closed(RepositoryId repository, long number) throws ForgeFailure {
        Need need = new Need("see pull request #" + number + " of " + repository.name(), "Pull requests: read", "repo");
        return calls.find(
                        "/repos/" + repository.name() + "/pulls/" + number,
                        need,
                        json -> json.at("state").text().equals("closed")
                                ? Optional.of(GitHubPullRequest.read(json, repository))
                                : Optional.<PullRequest>empty())
                .flatMap(request -> request);
    }

    private List<PullRequest> listed(RepositoryId repository, String filter) throws ForgeFailure {
        Need need = new Need("list the open pull requests of " + repository.name(), "Pull requests: read", "repo");
        return calls.readable(
                "/repos/" + repository.name() + "/pulls?state=open" + filter,
                need,
                json -> GitHubPullRequest.read(json, repository));
    }
}
