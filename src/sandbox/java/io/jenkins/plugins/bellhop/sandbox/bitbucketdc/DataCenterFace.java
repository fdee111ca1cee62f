package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Signature;
import io.jenkins.plugins.bellhop.sandbox.state.Deliveries;
import io.jenkins.plugins.bellhop.sandbox.state.Face;
import io.jenkins.plugins.bellhop.sandbox.state.Habits;
import io.jenkins.plugins.bellhop.sandbox.state.Hook;
import io.jenkins.plugins.bellhop.sandbox.state.Message;
import io.jenkins.plugins.bellhop.sandbox.state.Parcel;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequestAction;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.RepositoryAction;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SentDelivery;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sends what happens as Data Center's webhooks. Nothing is tried twice, and a hook that fails often is skipped. */
public final class DataCenterFace implements Face {

    private static final Habits HABITS =
            new Habits("refs/pull-requests/", "from", true, false, true, true, true, true, true);

    private final Deliveries deliveries;
    private final Payloads payloads;
    private final CircuitBreaker breaker;

    DataCenterFace(Deliveries deliveries, Payloads payloads, Installation installation) {
        this.deliveries = deliveries;
        this.payloads = payloads;
        breaker = new CircuitBreaker(installation);
    }

    @Override
    public Habits habits() {
        return HABITS;
    }

    @Override
    public void pushed(SandboxRepository repository, List<RefChange> changes, String sender) {
        tell(repository, "repo:refs_changed", payloads.refsChanged(repository, changes, sender));
    }

    /** A mirror has caught up with these changes. */
    void synchronised(SandboxRepository repository, List<RefChange> changes, boolean refLimitExceeded) {
        String sender = repository.owner();
        tell(
                repository,
                "mirror:repo_synchronized",
                payloads.synchronised(repository, changes, refLimitExceeded, sender));
    }

    /** Opening again isn't told: the documented list of events has no key for it. */
    @Override
    public void pullRequestChanged(PullRequest pull, PullRequestAction action, String previous, String sender) {
        switch (action) {
            case OPENED -> tell(pull, action, previous, "pr:opened", sender);
            case UPDATED -> tell(pull, action, previous, "pr:from_ref_updated", sender);
            case READY, DRAFTED, RETARGETED, RETITLED -> tell(pull, action, previous, "pr:modified", sender);
            case CLOSED -> tell(pull, action, previous, pull.merged() ? "pr:merged" : "pr:declined", sender);
            case DELETED -> tell(pull, action, previous, "pr:deleted", sender);
            case REOPENED, LABELED -> {
                // no event
            }
        }
    }

    @Override
    public void repositoryChanged(
            SandboxRepository repository, RepositoryAction action, String previous, String sender) {
        switch (action) {
            case RENAMED ->
                tell(repository, "repo:modified", payloads.modified(repository, repository.owner(), previous, sender));
            case TRANSFERRED ->
                tell(repository, "repo:modified", payloads.modified(repository, previous, repository.name(), sender));
            case DEFAULT_BRANCH_CHANGED, DELETED -> {
                // no event of a repository
            }
        }
    }

    @Override
    public void hookAdded(SandboxRepository repository, Hook hook, String sender) {
        // no ping, unless somebody asks for a test
    }

    @Override
    public Parcel seal(SandboxRepository repository, Hook hook, Message message, int attempt) {
        Map<String, String> headers = headers(message.event(), message.guid());
        hook.settings()
                .secret()
                .ifPresent(secret -> headers.put(
                        "X-Hub-Signature", "sha256=" + Signature.hex("HmacSHA256", secret, message.json())));
        return new Parcel(headers, message.json());
    }

    @Override
    public boolean admits(List<SentDelivery> answers) {
        return breaker.admits(answers);
    }

    /** Tries out an address. The message is never signed, whatever the hook's secret. */
    boolean test(String url) {
        byte[] body = "{\"test\": true}".getBytes(StandardCharsets.UTF_8);
        return deliveries.reaches(
                url, new Parcel(headers("diagnostics:ping", UUID.randomUUID().toString()), body));
    }

    private static Map<String, String> headers(String event, String id) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "Atlassian HttpClient Bitbucket");
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("X-Event-Key", event);
        headers.put("X-Request-Id", id);
        return headers;
    }

    private void tell(PullRequest pull, PullRequestAction action, String previous, String event, String sender) {
        tell(pull.base(), event, payloads.pullRequest(pull, action, previous, event, sender));
    }

    private void tell(SandboxRepository repository, String event, ObjectNode json) {
        deliveries.announce(repository, event, Json.bytes(json));
    }
}
