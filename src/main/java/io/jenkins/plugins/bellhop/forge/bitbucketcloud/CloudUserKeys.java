package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

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

/** The token owner's SSH keys; they lie below the owner's UUID, which has to be asked for. */
final class CloudUserKeys implements ForgeApi.UserKeys {

    private final Calls calls;
    private final CloudCredential credential;

    CloudUserKeys(Calls calls, CloudCredential credential) {
        this.calls = calls;
        this.credential = credential;
    }

    @Override
    public String owner() throws ForgeFailure {
        Need need = new Need("show whose token this is", "read:user:bitbucket");
        credential.mustBePersonal(need);
        return calls.get("/user", need, CloudUserKeys::name);
    }

    private static String name(Json user) throws UnreadablePayload {
        Optional<String> nickname = user.findText("nickname");
        return nickname.isPresent() ? nickname.get() : user.at("display_name").text();
    }

    @Override
    public List<UserKey> list() throws ForgeFailure {
        Need need = new Need("list your SSH keys", "read:ssh-key:bitbucket");
        return calls.list(keys(need), need, CloudUserKeys::key);
    }

    @Override
    public UserKey add(String title, String publicLine) throws ForgeFailure {
        Need need = new Need("add an SSH key to your account", "write:ssh-key:bitbucket");
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("key", publicLine).put("label", title);
        return calls.post(keys(need), body, need, CloudUserKeys::key);
    }

    @Override
    public void remove(String keyId) throws ForgeFailure {
        Need need = new Need("remove an SSH key from your account", "delete:ssh-key:bitbucket");
        calls.delete(keys(need) + "/" + Calls.encoded(keyId), need);
    }

    private String keys(Need need) throws ForgeFailure {
        credential.mustBePersonal(need);
        String uuid = calls.get(
                "/user",
                new Need("show whose token this is", "read:user:bitbucket"),
                user -> user.at("uuid").text());
        return "/users/" + Calls.encoded(uuid) + "/ssh-keys";
    }

    private static UserKey key(Json key) throws UnreadablePayload {
        return new UserKey(
                key.at("uuid").text(),
                key.findText("label").orElse(""),
                key.at("key").text());
    }
}
