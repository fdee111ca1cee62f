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

/** The token owner's SSH keys; a GitHub App has none. */
final class GitHubUserKeys implements ForgeApi.UserKeys {

    private static final String KEYS = "/user/keys";

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
        return calls.list(
                KEYS, new Need("list your SSH keys", "Git SSH keys: read", "read:public_key"), GitHubUserKeys::key);
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
                new Need("remove an SSH key from your account", "Git SSH keys: write", "admin:public_key"));
    }

    private static UserKey key(Json key) throws UnreadablePayload {
        return new UserKey(
                Long.toString(key.at("id").number()),
                key.findText("title").orElse(""),
                key.at("key").text());
    }
}
