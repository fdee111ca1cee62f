package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.PullRequest.Association;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pull-request object, which deliveries and the REST API share. */
final class GitHubPullRequest {

    private static final Set<String> MEMBERS = Set.of("OWNER", "MEMBER", "COLLABORATOR");

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
                pullRequest.flag("draft"),
                author(pullRequest.find("user")),
                association(pullRequest),
                owner(head));
    }

    private static Optional<String> owner(Json head) throws UnreadablePayload {
        Optional<Json> json = Optional.of(head);
        for (String part : List.of("repo", "owner", "id")) {
            json = json.isPresent() ? json.get().find(part) : json;
        }
        return json.isPresent() ? Optional.of(Long.toString(json.get().number())) : Optional.empty();
    }

    /** Null once the account was deleted, and without an id in payloads cut short. */
    private static Optional<Author> author(Optional<Json> user) throws UnreadablePayload {
        return user.isPresent() && user.get().find("id").isPresent()
                ? Optional.of(new Author(
                        Long.toString(user.get().at("id").number()),
                        user.get().at("login").text()))
                : Optional.empty();
    }

    private static Association association(Json pullRequest) throws UnreadablePayload {
        Optional<String> told = pullRequest.findText("author_association");
        if (told.isEmpty()) {
            return Association.UNTOLD;
        }
        return MEMBERS.contains(told.get()) ? Association.MEMBER : Association.STRANGER;
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
