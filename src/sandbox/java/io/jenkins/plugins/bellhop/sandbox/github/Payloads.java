package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.Hook;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequestAction;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.RepositoryAction;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;

/** The bodies of webhooks, in the fields that GitHub's webhook descriptions promise. */
final class Payloads {

    /** No push lists more commits than this. */
    private static final int MAX_COMMITS = 2048;

    private final Addresses addresses;
    private final Shapes shapes;
    private final PullShapes pulls;

    Payloads(Addresses addresses, Shapes shapes, PullShapes pulls) {
        this.addresses = addresses;
        this.shapes = shapes;
        this.pulls = pulls;
    }

    ObjectNode push(SandboxRepository repository, RefChange change, String pusher) {
        List<ObjectNode> commits = repository.git().history().broughtBy(change, MAX_COMMITS).stream()
                .map(commit -> commit(repository, commit))
                .toList();
        ObjectNode json = Json.object()
                .put("ref", change.ref())
                .put("before", change.before())
                .put("after", change.after())
                .put("created", change.created())
                .put("deleted", change.deleted())
                .put("forced", change.forced())
                .put("base_ref", baseRef(repository, change))
                .put("compare", compare(repository, change));
        json.set("commits", Json.array(commits));
        json.set(
                "head_commit",
                change.deleted()
                        ? null
                        : repository
                                .git()
                                .history()
                                .commit(change.after())
                                .map(commit -> commit(repository, commit))
                                .orElse(null));
        json.set("repository", shapes.pushedRepository(repository));
        json.set("pusher", Json.object().put("name", pusher).put("email", pusher + "@users.sandbox.invalid"));
        return ending(json, repository, pusher);
    }

    /** The body of {@code create} and {@code delete}, which carry the short name. */
    ObjectNode ref(SandboxRepository repository, RefChange change, String sender) {
        ObjectNode json = Json.object()
                .put("ref", change.shortName())
                .put("ref_type", change.isTag() ? "tag" : "branch")
                .put("pusher_type", "user");
        if (change.created()) {
            json.put("master_branch", repository.defaultBranch()).putNull("description");
        }
        json.set("repository", shapes.repository(repository));
        return ending(json, repository, sender);
    }

    ObjectNode pullRequest(PullRequest pull, PullRequestAction action, String previous, String sender) {
        ObjectNode json = Json.object().put("action", name(action)).put("number", pull.number());
        json.set("pull_request", pulls.full(pull));
        switch (action) {
            case UPDATED -> json.put("before", previous).put("after", pull.headSha());
            case RETARGETED -> {
                ObjectNode base = json.withObject("/changes/base");
                base.withObject("/ref").put("from", previous);
                base.withObject("/sha")
                        .put(
                                "from",
                                pull.base()
                                        .git()
                                        .resolve("refs/heads/" + previous)
                                        .orElse(null));
            }
            case RETITLED -> json.withObject("/changes/title").put("from", previous);
            case LABELED -> json.set("label", Json.object().put("name", previous));
            case OPENED, CLOSED, REOPENED, READY, DRAFTED, DELETED -> {
                // nothing beside the pull request itself
            }
        }
        json.set("repository", shapes.repository(pull.base()));
        return ending(json, pull.base(), sender);
    }

    ObjectNode repository(SandboxRepository repository, RepositoryAction action, String previous, String sender) {
        ObjectNode json = Json.object().put("action", name(action));
        switch (action) {
            case RENAMED -> json.withObject("/changes/repository/name").put("from", previous);
            case TRANSFERRED -> {
                ObjectNode account = shapes.account(previous);
                String kind = account.get("type").asText().equals("Organization") ? "organization" : "user";
                json.withObject("/changes/owner/from").set(kind, account);
            }
            case DEFAULT_BRANCH_CHANGED ->
                json.withObject("/changes/default_branch").put("from", previous);
            case DELETED -> {
                // nothing beside the repository itself
            }
        }
        json.set("repository", shapes.repository(repository));
        return ending(json, repository, sender);
    }

    ObjectNode ping(SandboxRepository repository, Hook hook, ObjectNode hookShape, String sender) {
        ObjectNode json = Json.object().put("zen", "Ring once, listen twice.").put("hook_id", hook.id());
        json.set("hook", hookShape);
        json.set("repository", shapes.repository(repository));
        return ending(json, repository, sender);
    }

    static String name(PullRequestAction action) {
        return switch (action) {
            case OPENED -> "opened";
            case UPDATED -> "synchronize";
            case CLOSED -> "closed";
            case REOPENED -> "reopened";
            case READY -> "ready_for_review";
            case DRAFTED -> "converted_to_draft";
            case RETARGETED, RETITLED -> "edited";
            case LABELED -> "labeled";
            case DELETED -> throw new IllegalArgumentException("GitHub doesn't delete pull requests");
        };
    }

    static String name(RepositoryAction action) {
        return switch (action) {
            case RENAMED -> "renamed";
            case TRANSFERRED -> "transferred";
            case DEFAULT_BRANCH_CHANGED -> "edited";
            case DELETED -> "deleted";
        };
    }

    private ObjectNode ending(ObjectNode json, SandboxRepository repository, String sender) {
        if (repository.account().organization()) {
            json.set("organization", shapes.organization(repository.account()));
        }
        json.set("enterprise", Json.object().put("id", 1).put("slug", "sandbox").put("name", "Sandbox"));
        json.set("sender", shapes.account(sender));
        return json;
    }

    private ObjectNode commit(SandboxRepository repository, CommitFacts commit) {
        ObjectNode person = Json.object()
                .put("name", commit.authorName())
                .put("email", commit.authorEmail())
                .put("username", commit.authorName());
        ObjectNode json = Json.object()
                .put("id", commit.sha())
                .put("tree_id", commit.tree())
                .put("distinct", true)
                .put("message", commit.message())
                .put("timestamp", commit.time().toString())
                .put("url", addresses.page(repository) + "/commit/" + commit.sha());
        json.set("author", person);
        json.set("committer", person.deepCopy());
        json.set("added", Json.texts(commit.added()));
        json.set("removed", Json.texts(commit.removed()));
        json.set("modified", Json.texts(commit.modified()));
        return json;
    }

    /** For a new ref the branch that already had the commit. */
    private static String baseRef(SandboxRepository repository, RefChange change) {
        if (!change.created()) {
            return null;
        }
        return repository.git().refs("refs/heads/").entrySet().stream()
                .filter(ref ->
                        ref.getValue().equals(change.after()) && !ref.getKey().equals(change.ref()))
                .map(ref -> ref.getKey())
                .findFirst()
                .orElse(null);
    }

    private String compare(SandboxRepository repository, RefChange change) {
        String compare = addresses.page(repository) + "/compare/";
        if (change.created()) {
            return compare + change.shortName();
        }
        return compare + change.before().substring(0, 12) + "..."
                + change.after().substring(0, 12);
    }
}
