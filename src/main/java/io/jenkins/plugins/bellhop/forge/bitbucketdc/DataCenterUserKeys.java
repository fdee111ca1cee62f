package io.jenkins.plugins.bellhop.forge.bitbucketdc;

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

/** The token owner's SSH keys. A project's or repository's token has none, and servers may refuse to let a token change them. */
final class DataCenterUserKeys implements ForgeApi.UserKeys {

    private static final String KEYS = "/ssh/latest/keys";
    private static final String OWN = "a personal HTTP access token that may change its owner's account";

    private final Calls calls;

    DataCenterUserKeys(Calls calls) {
        this.calls = calls;
    }

    /** Every answer says it in a header, and no other call does. */
    @Override
    public String owner() throws ForgeFailure {
        return calls.header(KEYS, new Need("show whose token this is", OWN), "X-AUSERNAME")
                .orElseThrow(() -> new ForgeFailure(
                        ForgeFailure.Kind.UNREADABLE_ANSWER,
                        "The server doesn't say whose token this is. Choose " + OWN + "."));
    }

    @Override
    public List<UserKey> list() throws ForgeFailure {
        return calls.list(KEYS, new Need("list your SSH keys", OWN), DataCenterUserKeys::key);
    }

    @Override
    public UserKey add(String title, String publicLine) throws ForgeFailure {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("text", publicLine).put("label", title);
        return calls.post(KEYS, body, new Need("add an SSH key to your account", OWN), DataCenterUserKeys::key);
    }

    @Override
    public void remove(String keyId) throws ForgeFailure {
        calls.delete(KEYS + "/" + Calls.encoded(keyId), new Need("remove an SSH key from your account", OWN));
    }

    private static UserKey key(Json key) throws UnreadablePayload {
        return new UserKey(
                Long.toString(key.at("id").number()),
                key.findText("label").orElse(""),
                key.at("text").text());
    }
}
