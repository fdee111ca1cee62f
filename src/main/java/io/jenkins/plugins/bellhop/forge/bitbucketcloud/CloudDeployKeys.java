package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

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

/** Access keys of repositories, as Bitbucket calls deploy keys; they can never write. */
final class CloudDeployKeys implements ForgeApi.DeployKeys {

    private static final String ADMIN = "admin:repository:bitbucket";

    private final Calls calls;
    private final CloudCredential credential;

    CloudDeployKeys(Calls calls, CloudCredential credential) {
        this.calls = calls;
        this.credential = credential;
    }

    @Override
    public List<DeployKey> list(RepositoryId repository) throws ForgeFailure {
        Need need = new Need("list the access keys of " + repository.name(), ADMIN);
        credential.mustBePersonal(need);
        return calls.list(keysOf(repository), need, CloudDeployKeys::key);
    }

    @Override
    public DeployKey addReadOnly(RepositoryId repository, String title, String publicLine) throws ForgeFailure {
        Need need = new Need("add an access key to " + repository.name(), ADMIN + " with write:ssh-key:bitbucket");
        credential.mustBePersonal(need);
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("key", publicLine).put("label", title);
        try {
            return calls.post(keysOf(repository), body, need, CloudDeployKeys::key);
        } catch (ForgeFailure failure) {
            if (failure.kind() != Kind.KEY_IN_USE) {
                throw failure;
            }
            return installedAlready(repository, publicLine).orElseThrow(() -> failure);
        }
    }

    private Optional<DeployKey> installedAlready(RepositoryId repository, String publicLine) throws ForgeFailure {
        return list(repository).stream().filter(key -> key.isKeyOf(publicLine)).findFirst();
    }

    @Override
    public void remove(RepositoryId repository, String keyId) throws ForgeFailure {
        Need need =
                new Need("remove an access key from " + repository.name(), ADMIN + " with delete:ssh-key:bitbucket");
        credential.mustBePersonal(need);
        calls.delete(keysOf(repository) + "/" + Calls.encoded(keyId), need);
    }

    private static String keysOf(RepositoryId repository) {
        return CloudApi.path(repository) + "/deploy-keys";
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
