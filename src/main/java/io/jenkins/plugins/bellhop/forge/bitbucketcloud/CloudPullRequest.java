package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.PullRequest.Association;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.Optional;

/** The pull-request object, which deliveries and the REST API share. Its commits are named by their first digits. */
final class CloudPullRequest {

    private CloudPullRequest() {}

    /** Absent when the commit that it asks to merge is gone, as after its fork or branch was deleted: nothing can be built. */
    static Optional<PullRequest> read(Json pullRequest) throws UnreadablePayload {
        Json source = pullRequest.at("source");
        Optional<Json> commit = source.find("commit");
        Json destination = pullRequest.at("destination");
        long number = pullRequest.at("id").number();
        if (number < 1) {
            throw pullRequest.at("id").unlike("a pull request's number");
        }
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PullRequest(
                number,
                branch(source),
                commit.get().at("hash").as(CommitId::new),
                branch(destination),
                !isInside(source, destination),
                pullRequest.flag("draft"),
                author(pullRequest.find("author")),
                Association.UNTOLD,
                Optional.empty()));
    }

    /** Null once the account was deleted; some accounts of programs have no UUID. */
    private static Optional<Author> author(Optional<Json> account) throws UnreadablePayload {
        if (account.isEmpty() || account.get().find("uuid").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Author(
                CloudRepository.uuid(account.get()),
                account.get().findText("display_name").orElse("")));
    }

    private static String branch(Json end) throws UnreadablePayload {
        return end.at("branch").at("name").as(name -> GitRef.branch(name).shortName());
    }

    /** The source's repository is null once a fork was deleted. */
    private static boolean isInside(Json source, Json destination) throws UnreadablePayload {
        Optional<Json> from = source.find("repository");
        Optional<Json> to = destination.find("repository");
        return from.isPresent() && to.isPresent() && CloudRepository.areSame(from.get(), to.get());
    }
}
