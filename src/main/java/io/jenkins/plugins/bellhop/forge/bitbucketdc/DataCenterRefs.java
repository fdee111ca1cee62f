package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Need;
import java.util.LinkedHashMap;
import java.util.Map;

/** Branches and commits. */
final class DataCenterRefs implements ForgeApi.Refs {

    private final Calls calls;

    DataCenterRefs(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Map<GitRef, CommitId> branches(RepositoryId repository) throws ForgeFailure {
        return listed(repository, "branches");
    }

    @Override
    public Map<GitRef, CommitId> tags(RepositoryId repository) throws ForgeFailure {
        return listed(repository, "tags");
    }

    private Map<GitRef, CommitId> listed(RepositoryId repository, String kind) throws ForgeFailure {
        Need need = new Need("list the " + kind + " of " + repository.name(), "REPO_READ");
        Map<GitRef, CommitId> found = new LinkedHashMap<>();
        calls.readable(
                        DataCenterApi.path(repository) + "/" + kind,
                        need,
                        entry -> Map.entry(
                                entry.at("id").as(GitRef::new),
                                entry.at("latestCommit").as(CommitId::new)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    @Override
    public CommitId commit(RepositoryId repository, CommitId hash) throws ForgeFailure {
        return shown(repository, hash, commit -> commit.at("id").as(CommitId::new));
    }

    @Override
    public String message(RepositoryId repository, CommitId hash) throws ForgeFailure {
        return shown(repository, hash, commit -> commit.findText("message").orElse(""));
    }

    private <T> T shown(RepositoryId repository, CommitId hash, Calls.Shape<T> shape) throws ForgeFailure {
        Need need = new Need("show commit " + hash.shortHex() + " of " + repository.name(), "REPO_READ");
        return calls.get(DataCenterApi.path(repository) + "/commits/" + hash, need, shape);
    }
}
