package io.jenkins.plugins.bellhop.forge.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Moment;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.List;
import java.util.Optional;

/** Deploy keys. GitHub can't change one: it is added and removed. */
final class GitHubDeployKeys implements ForgeApi.DeployKeys {

    private final Calls calls;

    GitHubDeployKeys(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<DeployKey> list(RepositoryId repository) throws ForgeFailure {
        Need need = need("list the deploy keys of ", repository, "read");
        return calls.list(keysOf(repository), need, GitHubDeployKeys::key);
    }

    @Override
    public DeployKey addReadOnly(RepositoryId repository, String title, String publicLine) throws ForgeFailure {
        // Without read_only GitHub would make a key that may write.
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("title", title)
                .put("key", publicLine)
                .put("read_only", true);
        try {
            Need need = need("add a deploy key to ", repository, "write");
            return calls.post(keysOf(repository), body, need, GitHubDeployKeys::key);
        } catch (ForgeFailure failure) {
            if (failure.kind() != Kind.KEY_IN_USE) {
                throw failure;
            }
            return installedAlready(repository, publicLine).orElseThrow(() -> failure);
        }
    }

    /** "In use" may mean in use here: then an earlier attempt, whose answer got lost, went through. */
    private Optional<DeployKey> installedAlready(RepositoryId repository, String publicLine) throws ForgeFailure {
        return list(repository).stream()
                .filter(key -> key.isKeyOf(publicLine) && key.readOnly())
                .findFirst();
    }

    @Override
    public void remove(RepositoryId repository, String keyId) throws ForgeFailure {
        calls.delete(
                keysOf(repository) + "/" + Calls.encoded(keyId),
                need("remove a deploy key from ", repository, "write"));
    }

    private static String keysOf(RepositoryId repository) {
        return "/repos/" + repository.name() + "/keys";
    }

    private static Need need(String action, RepositoryId repository, String access) {
        return new Need(action + repository.name(), "Administration: " + access, "repo");
    }

    private static DeployKey key(Json key) throws UnreadablePayload {
        Optional<Json> enabled = key.find("enabled");
        Optional<Json> verified = key.find("verified");
        return new DeployKey(
                Long.toString(key.at("id").number()),
                key.findText("title").orElse(""),
                key.at("key").text(),
                key.flag("read_only"),
                enabled.isEmpty() || enabled.get().flag(),
                verified.isEmpty() || verified.get().flag(),
                key.findText("last_used").flatMap(Moment::read));
    }
}
