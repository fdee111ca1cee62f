package io.jenkins.plugins.bellhop.sandbox.github;

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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sends what happens as GitHub's webhooks. */
public final class GitHubFace implements Face {

    static final String VERSION = "3.17.0";

    /** GitHub publishes pull requests in the base and deletes a token's keys with it. */
    private static final Habits HABITS = new Habits("refs/pull/", "head", true, true, true, false, true, true, false);

    /** A push of more tags than this is told for none of them. */
    private static final int MAX_TAGS = 3;

    /** A push of more branches than this isn't told at all. */
    private static final int MAX_BRANCHES = 5000;

    private final Addresses addresses;
    private final Deliveries deliveries;
    private final HookShapes hooks;
    private final Payloads payloads;

    GitHubFace(Addresses addresses, Deliveries deliveries, HookShapes hooks, Payloads payloads) {
        this.addresses = addresses;
        this.deliveries = deliveries;
        this.hooks = hooks;
        this.payloads = payloads;
    }

    @Override
    public Habits habits() {
        return HABITS;
    }

    @Override
    public void pushed(SandboxRepository repository, List<RefChange> changes, String sender) {
        List<RefChange> tags = changes.stream().filter(RefChange::isTag).toList();
        List<RefChange> branches = changes.stream()
                .filter(change -> change.ref().startsWith("refs/heads/"))
                .toList();
        if (branches.size() <= MAX_BRANCHES) {
            branches.forEach(change -> tellPush(repository, change, sender));
        }
        if (tags.size() <= MAX_TAGS) {
            tags.forEach(change -> tellPush(repository, change, sender));
        }
    }

    @Override
    public void pullRequestChanged(PullRequest pull, PullRequestAction action, String previous, String sender) {
        tell(pull.base(), "pull_request", Payloads.name(action), payloads.pullRequest(pull, action, previous, sender));
    }

    @Override
    public void repositoryChanged(
            SandboxRepository repository, RepositoryAction action, String previous, String sender) {
        tell(
                repository,
                "repository",
                Payloads.name(action),
                payloads.repository(repository, action, previous, sender));
    }

    @Override
    public void hookAdded(SandboxRepository repository, Hook hook, String sender) {
        ping(repository, hook, sender);
    }

    /** Pings a hook whatever its events are, and also when it is inactive. */
    void ping(SandboxRepository repository, Hook hook, String sender) {
        ObjectNode json = payloads.ping(repository, hook, hooks.hook(repository, hook), sender);
        deliveries.send(repository, hook, message("ping", "", json));
    }

    @Override
    public Parcel seal(SandboxRepository repository, Hook hook, Message message, int attempt) {
        boolean form = hook.settings().contentType().equals("form");
        byte[] body = form ? form(message.json()) : message.json();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "GitHub-Hookshot/5a4db07");
        headers.put("Accept", "*/*");
        headers.put("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json");
        headers.put("X-GitHub-Event", message.event());
        headers.put("X-GitHub-Delivery", message.guid());
        headers.put("X-GitHub-Hook-ID", Long.toString(hook.id()));
        headers.put("X-GitHub-Hook-Installation-Target-ID", Long.toString(repository.id()));
        headers.put("X-GitHub-Hook-Installation-Target-Type", "repository");
        headers.put("X-GitHub-Enterprise-Host", addresses.host());
        headers.put("X-GitHub-Enterprise-Version", VERSION);
        hook.settings().secret().ifPresent(secret -> {
            headers.put("X-Hub-Signature", "sha1=" + Signature.hex("HmacSHA1", secret, body));
            headers.put("X-Hub-Signature-256", "sha256=" + Signature.hex("HmacSHA256", secret, body));
        });
        return new Parcel(headers, body);
    }

    private void tellPush(SandboxRepository repository, RefChange change, String sender) {
        tell(repository, "push", "", payloads.push(repository, change, sender));
        if (change.created()) {
            tell(repository, "create", "", payloads.ref(repository, change, sender));
        }
        if (change.deleted()) {
            tell(repository, "delete", "", payloads.ref(repository, change, sender));
        }
    }

    private void tell(SandboxRepository repository, String event, String action, ObjectNode json) {
        Message message = message(event, action, json);
        repository.hooks().stream()
                .filter(hook -> hook.active()
                        && (hook.events().contains(event) || hook.events().contains("*")))
                .forEach(hook -> deliveries.send(repository, hook, message));
    }

    private static Message message(String event, String action, ObjectNode json) {
        return new Message(event, action, UUID.randomUUID().toString(), Json.bytes(json));
    }

    private static byte[] form(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return ("payload=" + URLEncoder.encode(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
    }
}
