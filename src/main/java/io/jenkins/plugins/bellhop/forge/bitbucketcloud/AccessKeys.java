package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Moment;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.List;
import java.util.Optional;

/**
 * The access keys of one repository or one project, which have one form; they can never write.
 *
 * @param path below the API's root
 * @param holder whose they are, for people
 * @param admin the scope that every call takes
 */
record AccessKeys(Calls calls, CloudCredential credential, String path, String holder, String admin) {

    List<DeployKey> list() throws ForgeFailure {
        Need need = new Need("list the access keys of " + holder, admin);
        credential.mustBePersonal(need);
        return calls.list(path, need, AccessKeys::key);
    }

    DeployKey addReadOnly(String title, String publicLine) throws ForgeFailure {
        Need need = new Need("add an access key to " + holder, admin + " with write:ssh-key:bitbucket");
        credential.mustBePersonal(need);
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("key", publicLine).put("label", title);
        try {
            return calls.post(path, body, need, AccessKeys::key);
        } catch (ForgeFailure failure) {
            if (failure.kind() != Kind.KEY_IN_USE) {
                throw failure;
            }
            return installedAlready(publicLine).orElseThrow(() -> failure);
        }
    }

    private Optional<DeployKey> installedAlready(String publicLine) throws ForgeFailure {
        return list().stream().filter(key -> key.isKeyOf(publicLine)).findFirst();
    }

    void remove(String keyId) throws ForgeFailure {
        Need need = new Need("remove an access key from " + holder, admin + " with delete:ssh-key:bitbucket");
        credential.mustBePersonal(need);
        calls.delete(path + "/" + Calls.encoded(keyId), need);
    }

    private static DeployKey key(Json key) throws UnreadablePayload {
        return new DeployKey(
                Long.toString(key.at("id").number()),
                key.findText("label").orElse(""),
                key.at("key").text(),
                true,
                true,
                true,
                key.findText("last_used").flatMap(Moment::read));
    }
}
