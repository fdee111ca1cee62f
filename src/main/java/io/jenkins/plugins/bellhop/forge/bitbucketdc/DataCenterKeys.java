package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Access keys of repositories, as Data Center calls deploy keys. */
final class DataCenterKeys implements ForgeApi.DeployKeys {

    private static final String READ = "REPO_READ";

    private final Calls calls;

    DataCenterKeys(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<DeployKey> list(RepositoryId repository) throws ForgeFailure {
        // Without this, the keys of the project would be among them.
        String path = keysOf(repository) + "?effective=false";
        return calls.list(path, need("list the access keys of ", repository), DataCenterKeys::key);
    }

    @Override
    public DeployKey addReadOnly(RepositoryId repository, String title, String publicLine) throws ForgeFailure {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("permission", READ);
        body.putObject("key").put("text", publicLine).put("label", title);
        try {
            return calls.post(keysOf(repository), body, need("add an access key to ", repository), DataCenterKeys::key);
        } catch (ForgeFailure failure) {
            if (failure.kind() != Kind.KEY_IN_USE) {
                throw failure;
            }
            return installedAlready(repository, publicLine).orElseThrow(() -> failure);
        }
    }

    private Optional<DeployKey> installedAlready(RepositoryId repository, String publicLine) throws ForgeFailure {
        return list(repository).stream()
                .filter(key -> key.isKeyOf(publicLine) && key.readOnly())
                .findFirst();
    }

    @Override
    public void remove(RepositoryId repository, String keyId) throws ForgeFailure {
        calls.delete(keysOf(repository) + "/" + Calls.encoded(keyId), need("remove an access key from ", repository));
    }

    private static String keysOf(RepositoryId repository) {
        return DataCenterApi.path("keys", repository.name()) + "/ssh";
    }

    private static Need need(String action, RepositoryId repository) {
        return new Need(action + repository.name(), "REPO_ADMIN");
    }

    private static DeployKey key(Json entry) throws UnreadablePayload {
        Json key = entry.at("key");
        Optional<Json> lastUsed = key.find("lastAuthenticated");
        return new DeployKey(
                Long.toString(key.at("id").number()),
                key.findText("label").orElse(""),
                key.at("text").text(),
                entry.at("permission").text().equals(READ),
                true,
                true,
                lastUsed.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(lastUsed.get().number())));
    }
}
