package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Need;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pull requests. */
final class CloudPullRequests implements ForgeApi.PullRequests {

    /** <a href="https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/">The other state is OPEN.</a> */
    private static final Set<String> CLOSED = Set.of("MERGED", "DECLINED", "SUPERSEDED");

    private final Calls calls;

    CloudPullRequests(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<PullRequest> openFrom(RepositoryId repository, String branch) throws ForgeFailure {
        String query = "source.branch.name=\"" + branch.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return listed(repository, "&q=" + Calls.encoded(query)).stream()
                // A fork's branch may have the same name.
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
        Need need = new Need("see pull request #" + number + " of " + repository.name(), "read:pullrequest:bitbucket");
        return calls.find(
                        CloudApi.path(repository) + "/pullrequests/" + number,
                        need,
                        json -> CLOSED.contains(json.at("state").text())
                                ? CloudPullRequest.read(json)
                                : Optional.<PullRequest>empty())
                .flatMap(request -> request);
    }

    private List<PullRequest> listed(RepositoryId repository, String filter) throws ForgeFailure {
        Need need = new Need("list the open pull requests of " + repository.name(), "read:pullrequest:bitbucket");
        return calls
                .readable(CloudApi.path(repository) + "/pullrequests?state=OPEN" + filter, need, CloudPullRequest::read)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
