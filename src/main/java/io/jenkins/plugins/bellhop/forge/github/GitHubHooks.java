package io.jenkins.plugins.bellhop.forge.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.FailedDelivery;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.LastDelivery;
import io.jenkins.plugins.bellhop.forge.Moment;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Webhooks of a repository. */
final class GitHubHooks implements ForgeApi.Hooks {

    private static final List<String> EVENTS = List.of("push", "pull_request", "repository");

    /** Of the list of deliveries, one page: the newest. */
    private static final int NEWEST_DELIVERIES = 100;

    private final Calls calls;

    GitHubHooks(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Hook> list(RepositoryId repository) throws ForgeFailure {
        return calls.list(hooksOf(repository), need("list the webhooks of ", repository, "read"), GitHubHooks::hook);
    }

    @Override
    public Hook register(RepositoryId repository, URI url, Secret secret) throws ForgeFailure {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("name", "web").put("active", true);
        EVENTS.forEach(body.putArray("events")::add);
        body.putObject("config")
                .put("url", url.toString())
                .put("content_type", "json")
                .put("insecure_ssl", "0")
                .put("secret", secret.reveal());
        return calls.post(hooksOf(repository), body, need("add a webhook to ", repository, "write"), GitHubHooks::hook);
    }

    @Override
    public Set<String> wantedEvents() {
        return Set.copyOf(EVENTS);
    }

    @Override
    public Optional<LastDelivery> lastDelivery(RepositoryId repository, Hook hook) throws ForgeFailure {
        return calls.get(
                hooksOf(repository) + "/" + Calls.encoded(hook.id()) + "/deliveries?per_page=1",
                need("read the webhook's deliveries in ", repository, "read"),
                GitHubHooks::newest);
    }

    private static Optional<LastDelivery> newest(Json deliveries) throws UnreadablePayload {
        if (deliveries.items().isEmpty()) {
            return Optional.empty();
        }
        Json newest = deliveries.items().get(0);
        long status = newest.at("status_code").number();
        String outcome = newest.findText("status").orElse("") + ", status " + status;
        return Moment.read(newest.at("delivered_at").text())
                .map(at -> new LastDelivery(at, status / 100 == 2, outcome));
    }

    /** At the settings' own address: a hook that is changed as a whole loses what the request doesn't name. */
    @Override
    public void changeSecret(RepositoryId repository, Hook hook, Secret secret) throws ForgeFailure {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("secret", secret.reveal());
        calls.patch(
                hooksOf(repository) + "/" + Calls.encoded(hook.id()) + "/config",
                body,
                need("change the webhook's secret in ", repository, "write"));
    }

    @Override
    public void remove(RepositoryId repository, String hookId) throws ForgeFailure {
        calls.delete(
                hooksOf(repository) + "/" + Calls.encoded(hookId), need("remove a webhook from ", repository, "write"));
    }

    @Override
    public List<FailedDelivery> failedSince(RepositoryId repository, String hookId, Instant moment)
            throws ForgeFailure {
        List<Attempt> attempts = calls.first(
                NEWEST_DELIVERIES,
                hooksOf(repository) + "/" + Calls.encoded(hookId) + "/deliveries",
                need("read the webhook's deliveries in ", repository, "read"),
                GitHubHooks::attempt);
        Set<String> arrived =
                attempts.stream().filter(Attempt::arrived).map(Attempt::id).collect(Collectors.toSet());
        Set<String> told = new HashSet<>();
        return attempts.stream()
                .filter(attempt -> attempt.at().isAfter(moment))
                .filter(attempt -> !arrived.contains(attempt.id()) && told.add(attempt.id()))
                .map(attempt -> new FailedDelivery(attempt.id(), attempt.event(), attempt.at(), attempt.outcome()))
                .toList();
    }

    /** One try to deliver; a delivery that is sent again keeps its id. */
    private record Attempt(String id, String event, Instant at, boolean arrived, String outcome) {}

    private static Attempt attempt(Json delivery) throws UnreadablePayload {
        long status = delivery.at("status_code").number();
        return new Attempt(
                delivery.at("guid").text(),
                delivery.at("event").text(),
                delivery.at("delivered_at").as(GitHubHooks::moment),
                status / 100 == 2,
                status == 0 ? "no answer" : "status " + status);
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("expected a time in ISO 8601", e);
        }
    }

    private static String hooksOf(RepositoryId repository) {
        return "/repos/" + repository.name() + "/hooks";
    }

    private static Need need(String action, RepositoryId repository, String access) {
        return new Need(action + repository.name(), "Webhooks: " + access, "admin:repo_hook");
    }

    private static Hook hook(Json hook) throws UnreadablePayload {
        Set<String> events = new HashSet<>();
        for (Json event : hook.at("events").items()) {
            events.add(event.text());
        }
        Json config = hook.at("config");
        return new Hook(
                Long.toString(hook.at("id").number()),
                config.findText("url").orElse(""),
                hook.flag("active"),
                events,
                Optional.of(config.find("secret").isPresent()));
    }
}
