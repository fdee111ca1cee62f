package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.Optional;

/** The pull-request object, which deliveries and the REST API share. */
final class GitHubPullRequest {

    private GitHubPullRequest() {}

    static PullRequest read(Json pullRequest, RepositoryId base) throws UnreadablePayload {
        Json head = pullRequest.at("head");
        long number = pullRequest.at("number").number();
        if (number < 1) {
            throw pullRequest.at("number").unlike("a pull request's number");
        }
        return new PullRequest(
                number,
                head.at("ref").as(GitHubPullRequest::branchName),
                head.at("sha").as(CommitId::new),
                pullRequest.at("base").at("ref").as(GitHubPullRequest::branchName),
                !isHeadInside(head, base),
                pullRequest.flag("draft"));
    }

    /** The head's repository is null once a fork was deleted, and absent from payloads cut short: neither is ours. */
    private static boolean isHeadInside(Json head, RepositoryId base) throws UnreadablePayload {
        Optional<Json> repository = head.find("repo");
        return repository.isPresent()
                && Long.toString(repository.get().at("id").number()).equals(base.stableId());
    }

    private static String branchName(String name) {
        return GitRef.branch(name).shortName();
    }
}
