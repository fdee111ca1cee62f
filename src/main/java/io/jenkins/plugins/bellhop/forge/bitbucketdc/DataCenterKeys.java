package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.util.List;

/** Access keys of repositories, as Data Center calls deploy keys. */
final class DataCenterKeys implements ForgeApi.DeployKeys {

    private final Calls calls;

    DataCenterKeys(Calls calls) {
        this.calls = calls;
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
        String path = DataCenterApi.path("keys", repository.name()) + "/ssh";
        // Without the query, the keys of the project would be among the repository's.
        return new AccessKeys(calls, path, "?effective=false", repository.toString(), "REPO");
    }
}
