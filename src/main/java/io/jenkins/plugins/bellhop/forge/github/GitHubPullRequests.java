package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.util.List;

/** Open pull requests. */
final class GitHubPullRequests implements ForgeApi.PullRequests {

    private final GitHubCalls calls;

    GitHubPullRequests(GitHubCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<PullRequest> openFrom(RepositoryId repository, String branch) throws ForgeFailure {
        Need need = new Need("list the open pull requests of " + repository.name(), "Pull requests: read", "repo");
        String head = GitHubCalls.encoded(repository.name().owner() + ":" + branch);
        String path = "/repos/" + repository.name() + "/pulls?state=open&head=" + head + "&";
        return calls.list(path, need, json -> GitHubPullRequest.read(json, repository)).stream()
                // A fork by the same owner has the same owner:branch.
                .filter(pullRequest ->
                        !pullRequest.fork() && pullRequest.headBranch().equals(branch))
                .toList();
    }
}
