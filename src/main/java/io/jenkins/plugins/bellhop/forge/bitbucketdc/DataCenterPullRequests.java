package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Need;
import java.util.List;
import java.util.Optional;

/** Pull requests. */
final class DataCenterPullRequests implements ForgeApi.PullRequests {

    private final Calls calls;

    DataCenterPullRequests(Calls calls) {
        this.calls = calls;
    }

    /** Those into other repositories, which Data Center lists among them, say nothing about this one. */
    @Override
    public List<PullRequest> openFrom(RepositoryId repository, String branch) throws ForgeFailure {
        String at = Calls.encoded(GitRef.branch(branch).fullName());
        return listed(repository, "&direction=OUTGOING&at=" + at).stream()
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
        Need need = new Need("see pull request #" + number + " of " + repository.name(), "REPO_READ");
        return calls.find(
                        DataCenterApi.path(repository) + "/pull-requests/" + number,
                        need,
                        json -> json.flag("closed")
                                ? Optional.of(DataCenterPullRequest.read(json))
                                : Optional.<PullRequest>empty())
                .flatMap(request -> request);
    }

    private List<PullRequest> listed(RepositoryId repository, String filter) throws ForgeFailure {
        Need need = new Need("list the open pull requests of " + repository.name(), "REPO_READ");
        return calls.readable(
                DataCenterApi.path(repository) + "/pull-requests?state=OPEN" + filter,
                need,
                DataCenterPullRequest::read);
    }
}
