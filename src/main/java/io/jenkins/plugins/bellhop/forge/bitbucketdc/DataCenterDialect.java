package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.delivery.Headers;
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

/**
 * Data Center's deliveries. Dates, which some servers write as numbers and others as text, are never read. Source:
 * Atlassian's "Event payload" of Bitbucket Data Center.
 */
public final class DataCenterDialect implements Dialect {

    /** Servers before 7.0 don't tell new commits as changes of a pull request. */
    private static final Set<String> EVERY_PULL_REQUEST_CHANGE =
            Set.of("pr:opened", "pr:from_ref_updated", "pr:modified", "pr:merged", "pr:declined", "pr:deleted");

    private static final SignatureScheme SIGNATURES =
            new SignatureScheme("X-Hub-Signature", "X-Request-Id", "X-Event-Key");
    private static final String PING = "diagnostics:ping";

    private final String host;

    /** @param host the configured forge's host; a payload never decides where its repository is */
    public DataCenterDialect(String host) {
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

    /** The button "Test connection" signs nothing, even for a hook that has a secret. */
    @Override
    public boolean isUnsignedPing(Headers headers) {
        return headers.only(SIGNATURES.eventHeader()).filter(PING::equals).isPresent()
                && headers.first(SIGNATURES.signatureHeader()).isEmpty();
    }

    @Override
    public HookEvents sentBy(Set<String> events) {
        boolean pullRequests = events.contains("pr:opened") || events.contains("pr:from_ref_updated");
        return new HookEvents(
                events.contains("repo:refs_changed"), pullRequests, events.containsAll(EVERY_PULL_REQUEST_CHANGE));
    }

    @Override
    public Reading read(VerifiedDelivery delivery) throws UnreadablePayload {
        Json payload = Json.parse(delivery.body());
        return switch (delivery.event()) {
            case PING -> new Reading.Ping(Optional.empty());
            case "repo:refs_changed", "mirror:repo_synchronized" -> refsChanged(payload);
            case "pr:opened" -> pullRequest(payload, Change.OPENED);
            case "pr:from_ref_updated" -> pullRequest(payload, Change.UPDATED);
            case "pr:modified" -> pullRequestModified(payload);
            case "pr:merged", "pr:declined", "pr:deleted" -> pullRequest(payload, Change.CLOSED);
            case "repo:modified" -> repositoryModified(payload);
            default ->
                new Reading.Ignored(
                        "Event " + Quoted.text(delivery.event()) + " doesn't concern builds.", nameIn(payload));
        };
    }

    private Reading refsChanged(Json payload) throws UnreadablePayload {
        RepositoryId repository = DataCenterRepository.id(payload.at("repository"), host);
        boolean tooMany = payload.flag("refLimitExceeded");
        List<Json> changes = tooMany ? List.of() : payload.at("changes").items();
        if (changes.isEmpty()) {
            return new Reading.Happened(new Event.HeadsUnknown(repository));
        }
        List<Event> events = new ArrayList<>();
        for (Json change : changes) {
            // Notes and whatever else lies outside of branches and tags.
            if (RefName.isBranchOrTag(change.at("ref").at("id").text())) {
                events.add(refChanged(repository, change, payload));
            }
        }
        return events.isEmpty()
                ? new Reading.Ignored("The pushed ref is neither a branch nor a tag.", Optional.of(repository.name()))
                : new Reading.Happened(events);
    }

    private static Event refChanged(RepositoryId repository, Json change, Json payload) throws UnreadablePayload {
        GitRef ref = change.at("ref").at("id").as(GitRef::new);
        String kind = change.at("type").text();
        if (kind.equals("DELETE")) {
            return new Event.RefDeleted(repository, ref, change.at("fromHash").as(CommitId::new));
        }
        if (!kind.equals("ADD") && !kind.equals("UPDATE")) {
            throw change.at("type").unlike("ADD, UPDATE or DELETE");
        }
        CommitId commit = change.at("toHash").as(CommitId::new);
        Optional<String> message = DataCenterCommits.message(payload, commit);
        return ref.isTag()
                ? new Event.TagPushed(repository, ref, commit, message)
                : new Event.BranchPushed(
                        repository, ref, commit, message, Optional.empty(), before(change), Optional.empty());
    }

    /** Zeros for a new branch. */
    private static Optional<CommitId> before(Json change) throws UnreadablePayload {
        Optional<Json> before = change.find("fromHash");
        return before.isPresent() && !CommitId.isNone(before.get().text())
                ? Optional.of(before.get().as(CommitId::new))
                : Optional.empty();
    }

    private Reading pullRequest(Json payload, Change change) throws UnreadablePayload {
        Json pullRequest = payload.at("pullRequest");
        RepositoryId repository =
                DataCenterRepository.id(pullRequest.at("toRef").at("repository"), host);
        PullRequest read = DataCenterPullRequest.read(pullRequest);
        return new Reading.Happened(new Event.PullRequestChanged(repository, read, change));
    }

    /** Tells what was before, whether that changed or not. */
    private Reading pullRequestModified(Json payload) throws UnreadablePayload {
        Json pullRequest = payload.at("pullRequest");
        Optional<Json> previousTarget = payload.find("previousTarget");
        if (previousTarget.isPresent()
                && !previousTarget
                        .get()
                        .at("id")
                        .text()
                        .equals(pullRequest.at("toRef").at("id").text())) {
            return pullRequest(payload, Change.RETARGETED);
        }
        if (payload.flag("previousDraft") && !pullRequest.flag("draft")) {
            return pullRequest(payload, Change.READY);
        }
        return new Reading.Ignored(
                "Title, description or reviewers of the pull request changed, nothing that could be built.",
                Optional.of(DataCenterRepository.name(pullRequest.at("toRef").at("repository"))));
    }

    private Reading repositoryModified(Json payload) throws UnreadablePayload {
        RepositoryId today = DataCenterRepository.id(payload.at("new"), host);
        RepositoryName before = DataCenterRepository.name(payload.at("old"));
        return before.isSameAs(today.name())
                ? new Reading.Ignored("The repository's description changed, nothing else.", Optional.of(today.name()))
                : new Reading.Happened(new Event.RepositoryRenamed(today, Optional.of(before)));
    }

    private static Optional<RepositoryName> nameIn(Json payload) throws UnreadablePayload {
        Optional<Json> pullRequest = payload.find("pullRequest");
        Optional<Json> repository = pullRequest.isPresent()
                ? Optional.of(pullRequest.get().at("toRef").at("repository"))
                : payload.find("repository");
        return repository.isPresent() ? Optional.of(DataCenterRepository.name(repository.get())) : Optional.empty();
    }
}
