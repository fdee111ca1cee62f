package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import io.jenkins.plugins.bellhop.sandbox.state.UserKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A person's own keys, below the person's UUID or account id; the name no longer works. */
final class UserKeyRoutes {

    private final ForgeState forge;
    private final SettingShapes shapes;
    private final KeyRegister register;

    UserKeyRoutes(ForgeState forge, SettingShapes shapes, KeyRegister register) {
        this.forge = forge;
        this.shapes = shapes;
        this.register = register;
    }

    List<Route<Need>> ofAccounts() {
        return List.of(
                Route.of("GET", "/users/{}/ssh-keys", Need.READ_USER_KEYS, this::list),
                Route.of("POST", "/users/{}/ssh-keys", Need.WRITE_USER_KEYS, this::add),
                Route.of("GET", "/users/{}/ssh-keys/{}", Need.READ_USER_KEYS, this::get),
                Route.of("PUT", "/users/{}/ssh-keys/{}", Need.WRITE_USER_KEYS, this::change),
                Route.of("DELETE", "/users/{}/ssh-keys/{}", Need.DELETE_USER_KEYS, this::remove));
    }

    private Answer list(Call call) {
        Account account = self(call);
        return Pages.of(
                call,
                account.keys().stream().map(key -> shapes.userKey(account, key)).toList());
    }

    private Answer get(Call call) {
        return call.ok(shapes.userKey(self(call), key(call)));
    }

    private Answer add(Call call) {
        Account account = self(call);
        ObjectNode body = call.body();
        SshPublicKey key = register.admitted(body.path("key").asText(""));
        UserKey added = new UserKey(
                forge.nextId(),
                key,
                body.path("label").asText(""),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        account.add(added);
        return Json.answer(201, shapes.userKey(account, added));
    }

    private Answer change(Call call) {
        UserKey old = key(call);
        String label = call.body().path("label").asText(old.title());
        UserKey changed = new UserKey(old.id(), old.key(), label, old.createdAt());
        self(call).change(changed);
        return call.ok(shapes.userKey(self(call), changed));
    }

    private Answer remove(Call call) {
        UserKey key = key(call);
        self(call).removeKey(key.id());
        register.removed(key.key());
        return Answer.empty(204);
    }

    private static UserKey key(Call call) {
        return self(call).keys().stream()
                .filter(key -> call.variable(1).replaceAll("[{}]", "").equals(Long.toString(key.id())))
                .findFirst()
                .orElseThrow(Refused::notFound);
    }

    private static Account self(Call call) {
        Account account = call.token().account();
        String wanted = call.variable(0);
        if (!wanted.equals(Uuids.of(account)) && !wanted.equals(Uuids.atlassian(account))) {
            throw Refused.notFound();
        }
        return account;
    }
}
