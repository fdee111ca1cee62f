package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.LastDelivery;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Webhooks of a repository. */
final class CloudHooks implements ForgeApi.Hooks {

    private static final List<String> EVENTS = List.of(
            "repo:push",
            "pullrequest:created",
            "pullrequest:updated",
            "pullrequest:fulfilled",
            "pullrequest:rejected",
            "repo:updated",
            "repo:transfer",
            "repo:deleted");

    private final Calls calls;

    CloudHooks(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Hook> list(RepositoryId repository) throws ForgeFailure {
        Need need = new Need("list the webhooks of " + repository.name(), "read:webhook:bitbucket");
        return calls.list(hooksOf(repository), need, CloudHooks::hook);
    }

    @Override
    public Hook register(RepositoryId repository, URI url, Secret secret) throws ForgeFailure {
        ObjectNode body = body(url.toString(), true, EVENTS, secret);
        return calls.post(hooksOf(repository), body, writing("add a webhook to ", repository), CloudHooks::hook);
    }

    @Override
    public Set<String> wantedEvents() {
        return Set.copyOf(EVENTS);
    }

    /** Bitbucket Cloud shows deliveries on its own pages alone. */
    @Override
    public Optional<LastDelivery> lastDelivery(RepositoryId repository, Hook hook) {
        return Optional.empty();
    }

    /** A hook can only be changed as a whole. */
    @Override
    public void changeSecret(RepositoryId repository, Hook hook, Secret secret) throws ForgeFailure {
        calls.put(
                hooksOf(repository) + "/" + Calls.encoded(hook.id()),
                body(hook.url(), hook.active(), hook.events(), secret),
                writing("change the webhook's secret in ", repository));
    }

    private static ObjectNode body(String url, boolean active, Collection<String> events, Secret secret) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("description", "Bellhop")
                .put("url", url)
                .put("active", active)
                .put("secret", secret.reveal());
        events.forEach(body.putArray("events")::add);
        return body;
    }

    private static Need writing(String action, RepositoryId repository) {
        return new Need(
                action + repository.name(),
                "write:webhook:bitbucket with read:webhook, read:repository and read:pullrequest");
    }

    @Override
    public void remove(RepositoryId repository, String hookId) throws ForgeFailure {
        calls.delete(
                hooksOf(repository) + "/" + Calls.encoded(hookId),
                new Need("remove a webhook from " + repository.name(), "delete:webhook:bitbucket"));
    }

    private static String hooksOf(RepositoryId repository) {
        return CloudApi.path(repository) + "/hooks";
    }

    private static Hook hook(Json hook) throws UnreadablePayload {
        Set<String> events = new HashSet<>();
        for (Json event : hook.at("events").items()) {
            events.add(event.text());
        }
        Optional<Json> signed = hook.find("secret_set");
        return new Hook(
                hook.at("uuid").text(),
                hook.findText("url").orElse(""),
                hook.flag("active"),
                events,
                signed.isEmpty() ? Optional.empty() : Optional.of(signed.get().flag()));
    }
}
