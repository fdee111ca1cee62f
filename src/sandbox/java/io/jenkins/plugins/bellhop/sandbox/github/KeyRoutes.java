package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import io.jenkins.plugins.bellhop.sandbox.state.UserKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Deploy keys of repositories, and keys of accounts: a key is in use once on the whole forge. */
final class KeyRoutes {

    private static final String DEPLOY_KEY_PAGE = "/deploy-keys#create-a-deploy-key";
    private static final String USER_KEY_PAGE = "/users/keys#create-a-public-ssh-key-for-the-authenticated-user";

    private final ForgeState forge;
    private final Shapes shapes;

    KeyRoutes(ForgeState forge, Shapes shapes) {
        this.forge = forge;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/keys", Need.READ_KEYS, this::list),
                Route.of("POST", "/keys", Need.WRITE_KEYS, this::add),
                Route.of("GET", "/keys/{}", Need.READ_KEYS, this::get),
                Route.of("DELETE", "/keys/{}", Need.WRITE_KEYS, this::remove));
    }

    List<Route<Need>> ofAccounts() {
        return List.of(
                Route.of("GET", "/user/keys", Need.READ_USER_KEYS, this::listOwn),
                Route.of("POST", "/user/keys", Need.WRITE_USER_KEYS, this::addOwn),
                Route.of("GET", "/user/keys/{}", Need.READ_USER_KEYS, this::getOwn),
                Route.of("DELETE", "/user/keys/{}", Need.DELETE_USER_KEYS, this::removeOwn));
    }

    private Answer list(Call call) {
        SandboxRepository repository = call.repository();
        return Answers.page(
                call,
                repository.deployKeys().stream()
                        .map(key -> shapes.deployKey(repository, key))
                        .toList());
    }

    private Answer get(Call call) {
        SandboxRepository repository = call.repository();
        return repository
                .settings()
                .deployKey(call.id(0))
                .map(key -> call.ok(shapes.deployKey(repository, key)))
                .orElseThrow(Refused::notFound);
    }

    private Answer add(Call call) {
        SandboxRepository repository = call.repository();
        if (repository.account().deployKeysForbidden()) {
            // As quoted in vitodeploy/vito#949.
            throw Refused.invalid(
                    "PublicKey",
                    "",
                    "Deploy keys are disabled for this repository",
                    "/deploy-keys/deploy-keys#create-a-deploy-key");
        }
        ObjectNode body = call.body();
        SshPublicKey key = unusedKey(body, DEPLOY_KEY_PAGE);
        // Whoever leaves read_only out gets a key that may write.
        boolean readOnly = body.path("read_only").asBoolean(false);
        DeployKey added = repository
                .settings()
                .add(DeployKey.made(forge.nextId(), key, body.path("title").asText(""), "", readOnly, call.token()));
        return Answers.created(shapes.deployKey(repository, added));
    }

    private Answer remove(Call call) {
        if (!call.repository().settings().removeDeployKey(call.id(0))) {
            throw Refused.notFound();
        }
        return Answer.empty(204);
    }

    private Answer listOwn(Call call) {
        return Answers.page(
                call,
                call.token().account().keys().stream().map(shapes::userKey).toList());
    }

    private Answer getOwn(Call call) {
        return call.token().account().keys().stream()
                .filter(key -> key.id() == call.id(0))
                .findFirst()
                .map(key -> call.ok(shapes.userKey(key)))
                .orElseThrow(Refused::notFound);
    }

    private Answer addOwn(Call call) {
        ObjectNode body = call.body();
        SshPublicKey key = unusedKey(body, USER_KEY_PAGE);
        UserKey added = new UserKey(
                forge.nextId(),
                key,
                body.path("title").asText(""),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        call.token().account().add(added);
        return Answers.created(shapes.userKey(added));
    }

    private Answer removeOwn(Call call) {
        if (!call.token().account().removeKey(call.id(0))) {
            throw Refused.notFound();
        }
        return Answer.empty(204);
    }

    private SshPublicKey unusedKey(ObjectNode body, String documentation) {
        SshPublicKey key = SshPublicKey.parse(body.path("key").asText(""))
                .orElseThrow(() -> Refused.invalid(
                        "PublicKey",
                        "key",
                        "key is invalid. It must begin with 'ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384',"
                                + " 'ecdsa-sha2-nistp521', 'sk-ecdsa-sha2-nistp256@openssh.com',"
                                + " 'sk-ssh-ed25519@openssh.com', or 'ssh-rsa'. Check that you're copying the public"
                                + " half of the key",
                        documentation));
        if (!forge.grants(key).isEmpty()) {
            throw Refused.invalid("PublicKey", "key", "key is already in use", documentation);
        }
        return key;
    }
}
