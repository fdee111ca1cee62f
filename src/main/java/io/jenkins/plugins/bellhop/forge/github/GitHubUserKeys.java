package io.jenkins.plugins.bellhop.forge.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import io.jenkins.plugins.bellhop.forge.UserKey;
import java.util.List;
import java.util.Optional;

/** The token owner's SSH keys; a GitHub App has none. */
final class GitHubUserKeys implements ForgeApi.UserKeys {

    private static final String KEYS = "/user/keys";
    private static final String CHANGING = "admin:public_key";
    private static final Need LIST = new Need("list your SSH keys", "Git SSH keys: read", "read:public_key");

    private final Calls calls;

    GitHubUserKeys(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String owner() throws ForgeFailure {
        Need need = new Need("show whose token this is", "Metadata: read", "read:user");
        return calls.get("/user", need, user -> user.at("login").text());
    }

    @Override
    public List<UserKey> list() throws ForgeFailure {
        return calls.list(KEYS, LIST, GitHubUserKeys::key);
    }

    /** Classic tokens' answers name their scopes. Without the one to remove a key, none must be added. */
    @Override
    public void requireChanging() throws ForgeFailure {
        Optional<String> scopes = calls.header(KEYS, LIST, "X-OAuth-Scopes").filter(header -> !header.isBlank());
        if (scopes.isPresent() && !List.of(scopes.get().split("\\s*,\\s*")).contains(CHANGING)) {
            throw new ForgeFailure(
                    ForgeFailure.Kind.NOT_PERMITTED,
                    "The token lacks the scope \"" + CHANGING
                            + "\", which it takes to add, rotate and remove SSH keys (it"
                            + " has: " + scopes.get() + "). Give it that scope on GitHub, Settings, Developer settings,"
                            + " Personal access tokens (https://github.com/settings/tokens).");
        }
    }

    @Override
    public UserKey add(String title, String publicLine) throws ForgeFailure {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("title", title).put("key", publicLine);
        Need need = new Need("add an SSH key to your account", "Git SSH keys: write", "write:public_key");
        return calls.post(KEYS, body, need, GitHubUserKeys::key);
    }

    @Override
    public void remove(String keyId) throws ForgeFailure {
        calls.delete(
                KEYS + "/" + Calls.encoded(keyId),
                new Need("remove an SSH key from your account", "Git SSH keys: write", CHANGING));
    }

    private static UserKey key(Json key) throws UnreadablePayload {
        return new UserKey(
                Long.toString(key.at("id").number()),
                key.findText("title").orElse(""),
                key.at("key").text());
    }
}
