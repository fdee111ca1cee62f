package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The access keys of one repository or one project, which have one form.
 *
 * @param path below the API's root
 * @param listing the query that lists the holder's own keys alone
 * @param holder whose they are, for people
 * @param scope what permissions begin with: {@code REPO} or {@code PROJECT}
 */
record AccessKeys(Calls calls, String path, String listing, String holder, String scope) {

    List<DeployKey> list() throws ForgeFailure {
        return calls.list(path + listing, need("list the access keys of "), this::key);
    }

    DeployKey addReadOnly(String title, String publicLine) throws ForgeFailure {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("permission", scope + "_READ");
        body.putObject("key").put("text", publicLine).put("label", title);
        try {
            return calls.post(path, body, need("add an access key to "), this::key);
        } catch (ForgeFailure failure) {
            if (failure.kind() != Kind.KEY_IN_USE) {
                throw failure;
            }
            return installedAlready(publicLine).orElseThrow(() -> failure);
        }
    }

    private Optional<DeployKey> installedAlready(String publicLine) throws ForgeFailure {
        return list().stream()
                .filter(key -> key.isKeyOf(publicLine) && key.readOnly())
                .findFirst();
    }

    void remove(String keyId) throws ForgeFailure {
        calls.delete(path + "/" + Calls.encoded(keyId), need("remove an access key from "));
    }

    private Need need(String action) {
        return new Need(action + holder, scope + "_ADMIN");
    }

    private DeployKey key(Json entry) throws UnreadablePayload {
        Json key = entry.at("key");
        Optional<Json> lastUsed = key.find("lastAuthenticated");
        return new DeployKey(
                Long.toString(key.at("id").number()),
                key.findText("label").orElse(""),
                key.at("text").text(),
                entry.at("permission").text().equals(scope + "_READ"),
                true,
                true,
                lastUsed.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(lastUsed.get().number())));
    }
}
