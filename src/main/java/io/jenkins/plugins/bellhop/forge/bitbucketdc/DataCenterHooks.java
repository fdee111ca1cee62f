package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.LastDelivery;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Webhooks of a repository. */
final class DataCenterHooks implements ForgeApi.Hooks {

    /** Known to every server that signs its deliveries. */
    private static final List<String> EVENTS_OF_OLD = List.of(
            "repo:refs_changed", "repo:modified", "pr:opened", "pr:modified", "pr:merged", "pr:declined", "pr:deleted");

    /** {@code mirror:repo_synchronized} came with 6.5, {@code pr:from_ref_updated} with 7.0. */
    private static final List<String> EVENTS = Stream.concat(
                    EVENTS_OF_OLD.stream(), Stream.of("mirror:repo_synchronized", "pr:from_ref_updated"))
            .toList();

    private final Calls calls;

    DataCenterHooks(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Hook> list(RepositoryId repository) throws ForgeFailure {
        return calls.list(hooksOf(repository), need("list the webhooks of ", repository), DataCenterHooks::hook);
    }

    /** A server refuses the whole hook for one event that it doesn't know yet. */
    @Override
    public Hook register(RepositoryId repository, URI url, Secret secret) throws ForgeFailure {
        try {
            return register(repository, url, secret, EVENTS);
        } catch (ForgeFailure failure) {
            if (failure.kind() != Kind.REFUSED) {
                throw failure;
            }
            return register(repository, url, secret, EVENTS_OF_OLD);
        }
    }

    private Hook register(RepositoryId repository, URI url, Secret secret, List<String> events) throws ForgeFailure {
        ObjectNode body = body(url.toString(), true, true, events, secret);
        return calls.post(hooksOf(repository), body, need("add a webhook to ", repository), DataCenterHooks::hook);
    }

    @Override
    public Set<String> wantedEvents() {
        return Set.copyOf(EVENTS_OF_OLD);
    }

    @Override
    public Optional<LastDelivery> lastDelivery(RepositoryId repository, Hook hook) throws ForgeFailure {
        return calls.find(
                hooksOf(repository) + "/" + Calls.encoded(hook.id()) + "/latest",
                need("read the webhook's deliveries in ", repository),
                DataCenterHooks::delivery);
    }

    private static LastDelivery delivery(Json delivery) throws UnreadablePayload {
        Json result = delivery.at("result");
        String outcome = result.at("outcome").text();
        return new LastDelivery(
                Instant.ofEpochMilli(delivery.at("start").number()),
                outcome.equals("SUCCESS"),
                outcome + " " + result.findText("description").orElse(""));
    }

    /** A hook can only be changed as a whole: what an administrator chose is read, and sent back. */
    @Override
    public void changeSecret(RepositoryId repository, Hook hook, Secret secret) throws ForgeFailure {
        String path = hooksOf(repository) + "/" + Calls.encoded(hook.id());
        Need need = need("change the webhook's secret in ", repository);
        boolean verified = calls.get(path, need, DataCenterHooks::verifiesCertificates);
        calls.put(path, body(hook.url(), hook.active(), verified, hook.events(), secret), need);
    }

    private static boolean verifiesCertificates(Json hook) throws UnreadablePayload {
        Optional<Json> required = hook.find("sslVerificationRequired");
        return required.isEmpty() || required.get().flag();
    }

    private static ObjectNode body(
            String url, boolean active, boolean verified, Collection<String> events, Secret secret) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("name", "Bellhop")
                .put("url", url)
                .put("active", active)
                .put("sslVerificationRequired", verified);
        events.forEach(body.putArray("events")::add);
        body.putObject("configuration").put("secret", secret.reveal());
        return body;
    }

    @Override
    public void remove(RepositoryId repository, String hookId) throws ForgeFailure {
        calls.delete(hooksOf(repository) + "/" + Calls.encoded(hookId), need("remove a webhook from ", repository));
    }

    private static String hooksOf(RepositoryId repository) {
        return DataCenterApi.path(repository) + "/webhooks";
    }

    private static Need need(String action, RepositoryId repository) {
        return new Need(action + repository.name(), "REPO_ADMIN");
    }

    private static Hook hook(Json hook) throws UnreadablePayload {
        Set<String> events = new HashSet<>();
        for (Json event : hook.at("events").items()) {
            events.add(event.text());
        }
        Optional<Json> configuration = hook.find("configuration");
        return new Hook(
                Long.toString(hook.at("id").number()),
                hook.findText("url").orElse(""),
                hook.flag("active"),
                events,
                configuration.isEmpty()
                        ? Optional.empty()
                        : Optional.of(configuration.get().find("secret").isPresent()));
    }
}
