package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends what happens as Bitbucket Cloud's webhooks. A new hook hears nothing: there is no ping. */
public final class CloudFace implements Face {

    /** Larger messages are dropped without a trace (BCLOUD-22312). */
    private static final int MAX_PAYLOAD = 256 * 1024;

    /** The first attempt and two more. */
    private static final int MAX_ATTEMPTS = 3;

    /** Nothing of a pull request is published in the base repository; a declined one stays declined. */
    private static final Habits HABITS =
            new Habits("refs/pull-requests/", "from", false, false, false, false, false, false, false);

    private final Deliveries deliveries;
    private final Payloads payloads;

    CloudFace(Deliveries deliveries, Payloads payloads) {
        this.deliveries = deliveries;
        this.payloads = payloads;
    }

    @Override
    public Habits habits() {
        return HABITS;
    }

    @Override
    public void pushed(SandboxRepository repository, List<RefChange> changes, String sender) {
        tell(repository, "repo:push", payloads.push(repository, changes, sender));
    }

    /** There are no labels to tell of. */
    @Override
    public void pullRequestChanged(PullRequest pull, PullRequestAction action, String previous, String sender) {
        ObjectNode json = payloads.pullRequest(pull, sender);
        switch (action) {
            case OPENED -> tell(pull.base(), "pullrequest:created", json);
            case UPDATED, READY, DRAFTED, RETARGETED, RETITLED -> tell(pull.base(), "pullrequest:updated", json);
            case CLOSED -> tell(pull.base(), pull.merged() ? "pullrequest:fulfilled" : "pullrequest:rejected", json);
            case LABELED, REOPENED, DELETED -> {
                // Bitbucket Cloud knows none of these.
            }
        }
    }

    @Override
    public void repositoryChanged(
            SandboxRepository repository, RepositoryAction action, String previous, String sender) {
        switch (action) {
            case RENAMED -> tell(repository, "repo:updated", payloads.renamed(repository, previous, sender));
            case TRANSFERRED -> tell(repository, "repo:transfer", payloads.about(repository, sender));
            case DELETED -> tell(repository, "repo:deleted", payloads.about(repository, sender));
            case DEFAULT_BRANCH_CHANGED -> {
                // Nothing that Atlassian documents.
            }
        }
    }

    @Override
    public void hookAdded(SandboxRepository repository, Hook hook, String sender) {
        // no ping
    }

    /** The secret signs the exact body; without one there is no signature. */
    @Override
    public Parcel seal(SandboxRepository repository, Hook hook, Message message, int attempt) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "Bitbucket-Webhooks/2.0");
        headers.put("Content-Type", "application/json");
        headers.put("X-Event-Key", message.event());
        headers.put("X-Hook-UUID", Uuids.of(hook).replaceAll("[{}]", ""));
        headers.put("X-Request-UUID", message.guid());
        headers.put("X-Attempt-Number", Integer.toString(attempt));
        hook.settings()
                .secret()
                .ifPresent(secret -> headers.put(
                        "X-Hub-Signature", "sha256=" + Signature.hex("HmacSHA256", secret, message.json())));
        return new Parcel(headers, message.json());
    }

    /** Only an answer that blames the receiver's server is worth another attempt. */
    @Override
    public boolean repeats(SentDelivery delivery, int attempt) {
        return attempt < MAX_ATTEMPTS && delivery.answered() && delivery.status() >= 500;
    }

    private void tell(SandboxRepository repository, String event, ObjectNode json) {
        byte[] body = Json.bytes(json);
        if (body.length <= MAX_PAYLOAD) {
            deliveries.announce(repository, event, body);
        }
    }
}
