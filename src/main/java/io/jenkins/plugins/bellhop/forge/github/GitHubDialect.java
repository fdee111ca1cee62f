package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.Event.Change;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Dialect;
import io.jenkins.plugins.bellhop.forge.HookEvents;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Reading;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * GitHub's deliveries, as github.com and Enterprise Server send them. Source: GitHub's own description of its webhooks,
 * npm package {@code @octokit/openapi-webhooks}.
 */
public final class GitHubDialect implements Dialect {

    static final String FORM = "application/x-www-form-urlencoded";

    private static final SignatureScheme SIGNATURES =
            new SignatureScheme("X-Hub-Signature-256", "X-GitHub-Delivery", "X-GitHub-Event");

    /** All other actions change nothing that could be built. */
    private static final Map<String, Change> CHANGES = Map.of(
            "opened", Change.OPENED,
            "synchronize", Change.UPDATED,
            "reopened", Change.REOPENED,
            "ready_for_review", Change.READY,
            "converted_to_draft", Change.DRAFTED,
            "closed", Change.CLOSED);

    private final String host;

    /** @param host the configured forge's host; a payload never decides where its repository is */
    public GitHubDialect(String host) {
        this.host = host;
    }

    @Override
    public SignatureScheme signatures() {
        return SIGNATURES;
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json", FORM);
    }

    @Override
    public HookEvents sentBy(Set<String> events) {
        boolean all = events.contains("*");
        boolean pullRequests = all || events.contains("pull_request");
        return new HookEvents(all || events.contains("push"), pullRequests, pullRequests);
    }

    @Override
    public Reading read(VerifiedDelivery delivery) throws UnreadablePayload {
        Json payload = Json.parse(GitHubForm.json(delivery));
        return switch (delivery.event()) {
            case "push" -> push(payload);
            case "pull_request" -> pullRequest(payload);
            case "repository" -> repositoryChange(payload);
            case "ping" -> new Reading.Ping(nameIn(payload));
            default ->
                new Reading.Ignored(
                        "Event " + Quoted.text(delivery.event()) + " doesn't concern builds.", nameIn(payload));
        };
    }

    private Reading push(Json payload) throws UnreadablePayload {
        Json repository = payload.at("repository");
        RepositoryId id = repositoryId(repository);
        String refName = payload.at("ref").text();
        if (!refName.startsWith("refs/heads/") && !refName.startsWith("refs/tags/")) {
            return new Reading.Ignored("The pushed ref is neither a branch nor a tag.", Optional.of(id.name()));
        }
        GitRef ref = payload.at("ref").as(GitRef::new);
        String after = payload.at("after").text();
        if (payload.flag("deleted") || CommitId.isNone(after)) {
            return new Reading.Happened(
                    new Event.RefDeleted(id, ref, payload.at("before").as(CommitId::new)));
        }
        Optional<Json> headCommit = payload.find("head_commit");
        Optional<String> message = headCommit.isPresent() ? headCommit.get().findText("message") : Optional.empty();
        if (ref.isTag()) {
            return new Reading.Happened(new Event.TagPushed(id, ref, taggedCommit(payload, headCommit), message));
        }
        return new Reading.Happened(new Event.BranchPushed(
                id,
                ref,
                payload.at("after").as(CommitId::new),
                message,
                defaultBranch(repository),
                before(payload),
                GitHubPush.files(payload)));
    }

    /** Zeros for a new branch. */
    private static Optional<CommitId> before(Json payload) throws UnreadablePayload {
        Optional<Json> before = payload.find("before");
        return before.isPresent() && !CommitId.isNone(before.get().text())
                ? Optional.of(before.get().as(CommitId::new))
                : Optional.empty();
    }

    /** For an annotated tag, {@code after} is the tag object; what can be built is the commit that it names. */
    private static CommitId taggedCommit(Json payload, Optional<Json> headCommit) throws UnreadablePayload {
        Optional<Json> id = headCommit.isPresent() ? headCommit.get().find("id") : Optional.empty();
        return id.orElse(payload.at("after")).as(CommitId::new);
    }

    private Reading pullRequest(Json payload) throws UnreadablePayload {
        RepositoryId id = repositoryId(payload.at("repository"));
        String action = payload.at("action").text();
        Optional<Change> change = changeBy(action, payload);
        if (change.isEmpty()) {
            return new Reading.Ignored(
                    "Pull-request action " + Quoted.text(action) + " changes nothing that could be built.",
                    Optional.of(id.name()));
        }
        PullRequest pullRequest = GitHubPullRequest.read(payload.at("pull_request"), id);
        return new Reading.Happened(new Event.PullRequestChanged(id, pullRequest, change.get()));
    }

    private static Optional<Change> changeBy(String action, Json payload) throws UnreadablePayload {
        if (!action.equals("edited")) {
            return Optional.ofNullable(CHANGES.get(action));
        }
        Optional<Json> changes = payload.find("changes");
        boolean retargeted = changes.isPresent() && changes.get().find("base").isPresent();
        return retargeted ? Optional.of(Change.RETARGETED) : Optional.empty();
    }

    private Reading repositoryChange(Json payload) throws UnreadablePayload {
        Json repository = payload.at("repository");
        RepositoryId id = repositoryId(repository);
        String action = payload.at("action").text();
        switch (action) {
            case "renamed":
                String oldName = payload.at("changes")
                        .at("repository")
                        .at("name")
                        .at("from")
                        .text();
                return renamed(id, id.name().owner(), oldName, payload);
            case "transferred":
                return renamed(
                        id,
                        oldOwner(payload.at("changes").at("owner").at("from")),
                        id.name().name(),
                        payload);
            case "deleted":
                return new Reading.Happened(new Event.RepositoryDeleted(id));
            case "edited":
                return edited(payload, repository, id);
            default:
                return new Reading.Ignored(
                        "Repository action " + Quoted.text(action) + " changes nothing that could be built.",
                        Optional.of(id.name()));
        }
    }

    private static Reading renamed(RepositoryId id, String owner, String name, Json payload) throws UnreadablePayload {
        try {
            return new Reading.Happened(new Event.RepositoryRenamed(id, Optional.of(new RepositoryName(owner, name))));
        } catch (IllegalArgumentException e) {
            throw new UnreadablePayload(payload.path() + ".changes", e.getMessage());
        }
    }

    private static String oldOwner(Json from) throws UnreadablePayload {
        Optional<Json> user = from.find("user");
        return (user.isPresent() ? user.get() : from.at("organization"))
                .at("login")
                .text();
    }

    private static Reading edited(Json payload, Json repository, RepositoryId id) throws UnreadablePayload {
        Optional<Json> changes = payload.find("changes");
        if (changes.isPresent() && changes.get().find("default_branch").isPresent()) {
            return new Reading.Happened(new Event.DefaultBranchChanged(
                    id,
                    repository
                            .at("default_branch")
                            .as(name -> GitRef.branch(name).shortName())));
        }
        return new Reading.Ignored("The repository's description changed, nothing else.", Optional.of(id.name()));
    }

    private RepositoryId repositoryId(Json repository) throws UnreadablePayload {
        RepositoryName name = repository.at("full_name").as(RepositoryName::parse);
        return new RepositoryId(host, Long.toString(repository.at("id").number()), name);
    }

    /** Older servers call it {@code master_branch}. */
    private static Optional<String> defaultBranch(Json repository) throws UnreadablePayload {
        Optional<String> today = repository.findText("default_branch");
        return today.isPresent() ? today : repository.findText("master_branch");
    }

    private static Optional<RepositoryName> nameIn(Json payload) throws UnreadablePayload {
        Optional<Json> repository = payload.find("repository");
        return repository.isPresent()
                ? Optional.of(repository.get().at("full_name").as(RepositoryName::parse))
                : Optional.empty();
    }
}
