package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import io.jenkins.plugins.bellhop.sandbox.state.UserKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Makes keys out of requests. A key has one id, wherever it is used, and is either a person's or an access key. */
final class KeyRegister {

    private final ForgeState forge;
    private final Installation installation;

    KeyRegister(ForgeState forge, Installation installation) {
        this.forge = forge;
        this.installation = installation;
    }

    /** The access key that a request describes, unless its holder has it already or it is a person's. */
    DeployKey made(Call call, String permissions, List<DeployKey> present) {
        JsonNode body = call.body();
        String text = body.path("key").path("text").asText("");
        SshPublicKey key = read(text);
        List<KeyGrant> grants = forge.grants(key);
        if (present.stream().anyMatch(old -> old.key().equals(key))
                || grants.stream().anyMatch(KeyGrant.OfAccount.class::isInstance)) {
            throw Refused.duplicateKey();
        }
        boolean readOnly = readOnly(permissions, body.path("permission").asText(permissions + "READ"));
        long id = grants.stream().map(KeyRegister::id).findFirst().orElseGet(forge::nextId);
        return DeployKey.made(id, key, label(body.path("key"), text), "", readOnly, call.token());
    }

    UserKey made(Call call) {
        JsonNode body = call.body();
        String text = body.path("text").asText("");
        SshPublicKey key = read(text);
        if (!forge.grants(key).isEmpty()) {
            throw Refused.duplicateKey();
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new UserKey(forge.nextId(), key, label(body, text), now);
    }

    static boolean readOnly(String permissions, String permission) {
        if (permission.equals(permissions + "WRITE")) {
            return false;
        }
        if (permission.equals(permissions + "READ")) {
            return true;
        }
        throw Refused.badRequest("permission", "'" + permission + "' is no permission of an access key.");
    }

    private SshPublicKey read(String text) {
        SshPublicKey key = SshPublicKey.parse(text)
                .orElseThrow(() -> Refused.badRequest("text", "The supplied SSH key is not valid."));
        if (key.type().equals("ssh-ed25519") && !installation.ed25519()) {
            throw Refused.badRequest("text", "SSH keys of the type ED25519 are not allowed.");
        }
        return key;
    }

    /** The comment of the key where no label is given. */
    private static String label(JsonNode body, String text) {
        String[] words = text.strip().split("[ \t]+", 3);
        return body.path("label").asText(words.length < 3 ? "" : words[2]);
    }

    private static long id(KeyGrant grant) {
        if (grant instanceof KeyGrant.OfOwner project) {
            return project.key().id();
        }
        return ((KeyGrant.OfRepository) grant).key().id();
    }
}
