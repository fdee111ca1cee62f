package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.Hook;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import io.jenkins.plugins.bellhop.sandbox.state.UserKey;

/** The JSON of keys, hooks and build statuses. */
final class SettingShapes {

    private final Shapes shapes;
    private final Links links;

    SettingShapes(Shapes shapes, Links links) {
        this.shapes = shapes;
        this.links = links;
    }

    ObjectNode deployKey(SandboxRepository repository, DeployKey key) {
        ObjectNode json = Json.object()
                .put("id", key.id())
                .put("key", key.key().text())
                .put("label", key.title())
                .put("type", "deploy_key")
                .put("created_on", Shapes.time(key.createdAt()));
        json.set("repository", shapes.brief(repository));
        json.set("links", self(links.api(repository) + "/deploy-keys/" + key.id()));
        return json.put("last_used", key.lastUsed().map(Shapes::time).orElse(null))
                .put("comment", key.comment());
    }

    ObjectNode projectKey(Account workspace, DeployKey key) {
        ObjectNode json = Json.object()
                .put("id", key.id())
                .put("key", key.key().text())
                .put("label", key.title())
                .put("type", "project_deploy_key")
                .put("created_on", Shapes.time(key.createdAt()));
        json.set("project", shapes.project(workspace));
        String keys = links.site().api() + "/workspaces/" + Links.slug(workspace.login()) + "/projects/"
                + Shapes.PROJECT + "/deploy-keys/";
        json.set("links", self(keys + key.id()));
        return json.put("last_used", key.lastUsed().map(Shapes::time).orElse(null))
                .put("comment", key.comment());
    }

    ObjectNode userKey(Account account, UserKey key) {
        String id = "{" + key.id() + "}";
        ObjectNode json = Json.object()
                .put("type", "ssh_key")
                .put("uuid", id)
                .put("key", key.key().text())
                .put("comment", "")
                .put("label", key.title())
                .put("created_on", Shapes.time(key.createdAt()))
                .putNull("last_used")
                .putNull("expires_on")
                .put("fingerprint", key.key().fingerprint());
        json.set("owner", shapes.user(account.login()));
        String keys = links.site().api() + "/users/" + Links.encoded(Uuids.of(account)) + "/ssh-keys/";
        json.set("links", self(keys + Links.encoded(id)));
        return json;
    }

    /** The secret never comes back: {@code secret_set} says whether there is one. */
    ObjectNode hook(SandboxRepository repository, Hook hook) {
        String uuid = Uuids.of(hook);
        ObjectNode json = Json.object()
                .put("type", "webhook_subscription")
                .put("uuid", uuid)
                .put("description", hook.settings().name())
                .put("url", hook.url())
                .put("active", hook.active())
                .put("skip_cert_verification", hook.settings().insecureSsl());
        json.set("events", Json.texts(hook.events()));
        json.put("created_at", hook.createdAt().toString());
        json.set("subject", shapes.brief(repository));
        json.put("subject_type", "repository");
        json.set("links", self(hookAddress(repository, hook)));
        return json.putNull("source")
                .put("read_only", false)
                .put("history_enabled", false)
                .put("secret_set", hook.settings().secret().isPresent());
    }

    String hookAddress(SandboxRepository repository, Hook hook) {
        return links.api(repository) + "/hooks/" + Links.encoded(Uuids.of(hook));
    }

    ObjectNode status(SandboxRepository repository, Status status) {
        ObjectNode json = Json.object()
                .put("key", status.context())
                .put("type", "build")
                .put("state", status.state())
                .put("name", status.name())
                .put("refname", status.ref().isEmpty() ? null : status.ref());
        json.set("commit", shapes.commit(repository, status.sha()));
        json.put("url", status.targetUrl());
        json.set("repository", shapes.brief(repository));
        json.put("description", status.description())
                .put("created_on", Shapes.time(status.createdAt()))
                .put("updated_on", Shapes.time(status.createdAt()));
        String commit = links.api(repository) + "/commit/" + status.sha();
        ObjectNode addresses = self(commit + "/statuses/build/" + Links.encoded(status.context()));
        addresses.set("commit", Links.href(commit));
        json.set("links", addresses);
        return json;
    }

    private static ObjectNode self(String address) {
        ObjectNode json = Json.object();
        json.set("self", Links.href(address));
        return json;
    }
}
