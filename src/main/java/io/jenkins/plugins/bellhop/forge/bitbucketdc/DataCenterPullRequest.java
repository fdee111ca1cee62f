package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.PullRequest.Association;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.List;
import java.util.Optional;

/** The pull-request object, which deliveries and the REST API share. */
final class DataCenterPullRequest {

    private DataCenterPullRequest() {}

    static PullRequest read(Json pullRequest) throws UnreadablePayload {
        Json from = pullRequest.at("fromRef");
        Json to = pullRequest.at("toRef");
        long number = pullRequest.at("id").number();
        if (number < 1) {
            throw pullRequest.at("id").unlike("a pull request's number");
        }
        return new PullRequest(
                number,
                shortName(from),
                from.at("latestCommit").as(CommitId::new),
                shortName(to),
                !isInside(from, to),
                pullRequest.flag("draft"),
                author(pullRequest.find("author")),
                Association.UNTOLD,
                owner(from));
    }

    /** Only a personal project has one. */
    private static Optional<String> owner(Json from) throws UnreadablePayload {
        Optional<Json> json = Optional.of(from);
        for (String part : List.of("repository", "project", "owner", "id")) {
            json = json.isPresent() ? json.get().find(part) : json;
        }
        return json.isPresent() ? Optional.of(Long.toString(json.get().number())) : Optional.empty();
    }

    private static Optional<Author> author(Optional<Json> participant) throws UnreadablePayload {
        Optional<Json> user = participant.isPresent() ? participant.get().find("user") : Optional.empty();
        return user.isPresent()
                ? Optional.of(new Author(
                        Long.toString(user.get().at("id").number()),
                        user.get().at("name").text()))
                : Optional.empty();
    }

    /** One may come from a tag as well as from a branch. */
    static String shortName(Json ref) throws UnreadablePayload {
        return ref.at("id").as(RefName::shortName);
    }

    /** A fork that is gone has no repository any more; that is not ours. */
    private static boolean isInside(Json from, Json to) throws UnreadablePayload {
        Optional<Json> source = from.find("repository");
        return source.isPresent()
                && source.get().at("id").number()
                        == to.at("repository").at("id").number();
    }
}
