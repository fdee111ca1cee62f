package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.util.List;

/** Access keys of repositories, as Bitbucket calls deploy keys. */
final class CloudDeployKeys implements ForgeApi.DeployKeys {

    private final Calls calls;
    private final CloudCredential credential;

    CloudDeployKeys(Calls calls, CloudCredential credential) {
        this.calls = calls;
        this.credential = credential;
    }

    @Override
    public List<DeployKey> list(RepositoryId repository) throws ForgeFailure {
        return of(repository).list();
    }

    @Override
    public DeployKey addReadOnly(RepositoryId repository, String title, String publicLine) throws ForgeFailure {
        return of(repository).addReadOnly(title, publicLine);
    }

    @Override
    public void remove(RepositoryId repository, String keyId) throws ForgeFailure {
        of(repository).remove(keyId);
    }

    private AccessKeys of(RepositoryId repository) {
        String path = CloudApi.path(repository) + "/deploy-keys";
        return new AccessKeys(calls, credential, path, repository.toString(), "admin:repository:bitbucket");
    }
}
