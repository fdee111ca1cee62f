package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.Hook;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SentDelivery;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import io.jenkins.plugins.bellhop.sandbox.state.UserKey;
import java.util.Base64;
import java.util.Locale;

/** The JSON of keys, hooks and build statuses. */
final class SettingShapes {

    private final Shapes shapes;
    private final Dates dates;

    SettingShapes(Shapes shapes, Dates dates) {
        this.shapes = shapes;
        this.dates = dates;
    }

    ObjectNode accessKey(SandboxRepository repository, DeployKey key) {
        ObjectNode json = accessKey(key, "REPO_");
        json.set("repository", shapes.repository(repository));
        return json;
    }

    ObjectNode accessKey(String owner, DeployKey key) {
        ObjectNode json = accessKey(key, "PROJECT_");
        json.set("project", shapes.project(owner));
        return json;
    }

    ObjectNode userKey(UserKey key) {
        ObjectNode json = key(key.id(), key.key(), key.title());
        json.set("createdDate", dates.of(key.createdAt()));
        return json;
    }

    /** The secret comes back with the rest of the configuration, as recorded answers show. */
    ObjectNode hook(Hook hook) {
        ObjectNode json =
                Json.object().put("id", hook.id()).put("name", hook.settings().name());
        json.set("createdDate", dates.of(hook.createdAt()));
        json.set("updatedDate", dates.of(hook.updatedAt()));
        json.set("events", Json.texts(hook.events()));
        ObjectNode configuration = Json.object();
        hook.settings().secret().ifPresent(secret -> configuration.put("secret", secret));
        json.set("configuration", configuration);
        return json.put("url", hook.url())
                .put("active", hook.active())
                .put("scopeType", "repository")
                .put("sslVerificationRequired", !hook.settings().insecureSsl());
    }

    /** One delivery as the hook's history shows it. */
    ObjectNode delivery(SentDelivery sent) {
        long start = sent.sentAt().toEpochMilli();
        ObjectNode json = Json.object()
                .put("id", sent.id())
                .put("event", sent.event())
                .put("start", start)
                .put("finish", start + sent.duration().toMillis())
                .put("duration", sent.duration().toMillis());
        json.set("request", Json.object().put("method", "POST").put("url", sent.url()));
        String failure = sent.answered() ? "FAILURE" : "ERROR";
        json.set(
                "result",
                Json.object()
                        .put("description", sent.answered() ? Integer.toString(sent.status()) : sent.answer())
                        .put("outcome", sent.accepted() ? "SUCCESS" : failure));
        return json;
    }

    ObjectNode status(Status status) {
        ObjectNode json = Json.object()
                .put("key", status.context())
                .put("state", status.state())
                .put("url", status.targetUrl())
                .put("name", status.name())
                .put("description", status.description());
        if (!status.ref().isEmpty()) {
            json.put("ref", status.ref());
        }
        json.set("createdDate", dates.of(status.createdAt()));
        json.set("updatedDate", dates.of(status.createdAt()));
        return json;
    }

    private ObjectNode accessKey(DeployKey key, String permissions) {
        ObjectNode inner = key(key.id(), key.key(), key.title());
        inner.set("createdDate", dates.of(key.createdAt()));
        key.lastUsed().ifPresent(time -> inner.set("lastAuthenticated", dates.of(time)));
        ObjectNode json = Json.object();
        json.set("key", inner);
        return json.put("permission", permissions + (key.readOnly() ? "READ" : "WRITE"));
    }

    private static ObjectNode key(long id, SshPublicKey key, String label) {
        String algorithm = key.type().replaceFirst("^ssh-", "").toUpperCase(Locale.ROOT);
        return Json.object()
                .put("id", id)
                .put("text", key.text() + (label.isEmpty() ? "" : " " + label))
                .put("label", label)
                .put("algorithmType", algorithm)
                .put("bitLength", bits(key))
                .put("fingerprint", key.fingerprint().replaceFirst("^SHA256:", ""));
    }

    /** Exact for the types with one length, near enough for RSA, whose modulus fills the key. */
    private static int bits(SshPublicKey key) {
        return switch (key.type()) {
            case "ssh-ed25519", "ecdsa-sha2-nistp256" -> 256;
            case "ecdsa-sha2-nistp384" -> 384;
            case "ecdsa-sha2-nistp521" -> 521;
            default -> Base64.getDecoder().decode(key.base64()).length / 128 * 1024;
        };
    }
}
