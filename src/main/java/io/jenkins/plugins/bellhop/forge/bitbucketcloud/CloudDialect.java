package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bitbucket Cloud's deliveries. Source: Atlassian's "Event payloads". */
public final class CloudDialect implements Dialect {

    private static final Set<String> EVERY_PULL_REQUEST_CHANGE =
            Set.of("pullrequest:created", "pullrequest:updated", "pullrequest:fulfilled", "pullrequest:rejected");

    private static final SignatureScheme SIGNATURES =
            new SignatureScheme("X-Hub-Signature", "X-Request-UUID", "X-Event-Key");

    private final String host;

    /** @param host the configured forge's host; a payload never decides where its repository is */
    public CloudDialect(String host) {
        this.host = host;
    }

    @Override
    public SignatureScheme signatures() {
        return SIGNATURES;
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public HookEvents sentBy(Set<String> events) {
        boolean pullRequests = events.contains("pullrequest:created") || events.contains("pullrequest:updated");
        return new HookEvents(
                events.contains("repo:push"), pullRequests, events.containsAll(EVERY_PULL_REQUEST_CHANGE));
    }

    @Override
    public Reading read(VerifiedDelivery delivery) throws UnreadablePayload {
        Json payload = Json.parse(delivery.body());
        return switch (delivery.event()) {
            case "repo:push" -> push(payload);
            case "pullrequest:created" -> pullRequest(payload, Change.OPENED);
            case "pullrequest:updated" -> pullRequest(payload, Change.TOUCHED);
            case "pullrequest:fulfilled", "pullrequest:rejected" -> pullRequest(payload, Change.CLOSED);
            case "repo:updated" -> repositoryUpdated(payload);
            case "repo:transfer" ->
                new Reading.Happened(new Event.RepositoryRenamed(repository(payload), Optional.empty()));
            case "repo:deleted" -> new Reading.Happened(new Event.RepositoryDeleted(repository(payload)));
            default ->
                new Reading.Ignored(
                        "Event " + Quoted.text(delivery.event()) + " doesn't concern builds.", nameIn(payload));
        };
    }

    /** One push may move many refs. */
    private Reading push(Json payload) throws UnreadablePayload {
        RepositoryId repository = repository(payload);
        List<Json> changes = payload.at("push").at("changes").items();
        if (changes.isEmpty()) {
            return new Reading.Happened(new Event.HeadsUnknown(repository));
        }
        List<Event> events = new ArrayList<>();
        for (Json change : changes) {
            events.add(refChanged(repository, change));
        }
        return new Reading.Happened(events);
    }

    private static Event refChanged(RepositoryId repository, Json change) throws UnreadablePayload {
        Optional<Json> today = change.find("new");
        if (today.isEmpty()) {
            Json gone = change.at("old");
            return new Event.RefDeleted(repository, ref(gone), commit(gone));
        }
        GitRef ref = ref(today.get());
        Optional<String> message = today.get().at("target").findText("message");
        return ref.isTag()
                ? new Event.TagPushed(repository, ref, commit(today.get()), message)
                : new Event.BranchPushed(
                        repository,
                        ref,
                        commit(today.get()),
                        message,
                        Optional.empty(),
                        before(change.find("old")),
                        Optional.empty());
    }

    /** Null for a new branch. */
    /** Nothing is decided by it alone: what can't be read counts as not told. */
    private static Optional<CommitId> before(Optional<Json> old) {
        try {
            return old.isPresent() ? Optional.of(commit(old.get())) : Optional.empty();
        } catch (UnreadablePayload e) {
            return Optional.empty();
        }
    }

    /** An annotated tag is told as the commit that it names, like any other. */
    private static CommitId commit(Json ref) throws UnreadablePayload {
        return ref.at("target").at("hash").as(CommitId::new);
    }

    private static GitRef ref(Json ref) throws UnreadablePayload {
        return switch (ref.at("type").text()) {
            case "branch", "named_branch" -> ref.at("name").as(GitRef::branch);
            case "tag", "annotated_tag" -> ref.at("name").as(GitRef::tag);
            default -> throw ref.at("type").unlike("branch or tag");
        };
    }

    private Reading pullRequest(Json payload, Change change) throws UnreadablePayload {
        RepositoryId repository = repository(payload);
        Optional<PullRequest> pullRequest = CloudPullRequest.read(payload.at("pullrequest"));
        return pullRequest.isPresent()
                ? new Reading.Happened(new Event.PullRequestChanged(repository, pullRequest.get(), change))
                : new Reading.Ignored(
                        "The commit that the pull request asks to merge is gone.", Optional.of(repository.name()));
    }

    private Reading repositoryUpdated(Json payload) throws UnreadablePayload {
        RepositoryId today = repository(payload);
        Optional<Json> changes = payload.find("changes");
        Optional<Json> fullName = changes.isPresent() ? changes.get().find("full_name") : Optional.empty();
        if (fullName.isEmpty()) {
            return new Reading.Ignored(
                    "The repository's description changed, nothing else.", Optional.of(today.name()));
        }
        RepositoryName before = fullName.get().at("old").as(RepositoryName::parse);
        return new Reading.Happened(new Event.RepositoryRenamed(today, Optional.of(before)));
    }

    private RepositoryId repository(Json payload) throws UnreadablePayload {
        return CloudRepository.id(payload.at("repository"), host);
    }

    private static Optional<RepositoryName> nameIn(Json payload) throws UnreadablePayload {
        Optional<Json> repository = payload.find("repository");
        return repository.isPresent() ? Optional.of(CloudRepository.name(repository.get())) : Optional.empty();
    }
}
