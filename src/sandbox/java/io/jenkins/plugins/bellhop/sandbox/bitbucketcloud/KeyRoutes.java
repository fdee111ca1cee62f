package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import java.util.List;

/** Deploy keys, which are always read-only, and may open several repositories. */
final class KeyRoutes {

    private final ForgeState forge;
    private final SettingShapes shapes;
    private final KeyRegister register;

    KeyRoutes(ForgeState forge, SettingShapes shapes, KeyRegister register) {
        this.forge = forge;
        this.shapes = shapes;
        this.register = register;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/deploy-keys", Need.READ_KEYS, this::list),
                Route.of("POST", "/deploy-keys", Need.WRITE_KEYS, this::add),
                Route.of("GET", "/deploy-keys/{}", Need.READ_KEYS, this::get),
                Route.of("PUT", "/deploy-keys/{}", Need.WRITE_KEYS, this::change),
                Route.of("DELETE", "/deploy-keys/{}", Need.DELETE_KEYS, this::remove));
    }

    private Answer list(Call call) {
        SandboxRepository repository = call.repository();
        return Pages.of(
                call,
                repository.deployKeys().stream()
                        .map(key -> shapes.deployKey(repository, key))
                        .toList());
    }

    private Answer get(Call call) {
        return call.ok(shapes.deployKey(call.repository(), key(call)));
    }

    /** Answered with 200, where others say 201. */
    private Answer add(Call call) {
        ObjectNode body = call.body();
        String text = body.path("key").asText("");
        SshPublicKey key = register.admitted(text, call.repository());
        DeployKey added =
                DeployKey.made(forge.nextId(), key, body.path("label").asText(""), comment(text), true, call.token());
        return call.ok(
                shapes.deployKey(call.repository(), call.repository().settings().add(added)));
    }

    /** The same key has to be sent again; only its label and comment change. */
    private Answer change(Call call) {
        DeployKey old = key(call);
        ObjectNode body = call.body();
        String text = body.path("key").asText("");
        if (!KeyRegister.read(text).equals(old.key())) {
            throw Refused.badField("key", "The key itself can't be changed.");
        }
        DeployKey changed = old.titled(body.path("label").asText(old.title()), comment(text));
        call.repository().settings().change(changed);
        return call.ok(shapes.deployKey(call.repository(), changed));
    }

    private Answer remove(Call call) {
        DeployKey key = key(call);
        call.repository().settings().removeDeployKey(key.id());
        register.removed(key.key());
        return Answer.empty(204);
    }

    private static DeployKey key(Call call) {
        return call.repository().settings().deployKey(call.id(0)).orElseThrow(Refused::notFound);
    }

    private static String comment(String text) {
        String[] words = text.strip().split("[ \t]+", 3);
        return words.length < 3 ? "" : words[2];
    }
}
