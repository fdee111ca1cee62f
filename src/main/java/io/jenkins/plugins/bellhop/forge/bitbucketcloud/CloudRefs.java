package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Need;
import java.util.LinkedHashMap;
import java.util.Map;

/** Branches and commits. */
final class CloudRefs implements ForgeApi.Refs {

    private static final String READ = "read:repository:bitbucket";

    private final Calls calls;

    CloudRefs(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Map<GitRef, CommitId> branches(RepositoryId repository) throws ForgeFailure {
        return listed(repository, "branches", GitRef::branch);
    }

    @Override
    public Map<GitRef, CommitId> tags(RepositoryId repository) throws ForgeFailure {
        return listed(repository, "tags", GitRef::tag);
    }

    private Map<GitRef, CommitId> listed(RepositoryId repository, String kind, Json.Made<GitRef> ref)
            throws ForgeFailure {
        Map<GitRef, CommitId> found = new LinkedHashMap<>();
        calls.readable(
                        CloudApi.path(repository) + "/refs/" + kind,
                        new Need("list the " + kind + " of " + repository.name(), READ),
                        entry -> Map.entry(
                                entry.at("name").as(ref),
                                entry.at("target").at("hash").as(CommitId::new)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    @Override
    public CommitId commit(RepositoryId repository, CommitId hash) throws ForgeFailure {
        return shown(repository, hash, commit -> commit.at("hash").as(CommitId::new));
    }

    @Override
    public String message(RepositoryId repository, CommitId hash) throws ForgeFailure {
        return shown(repository, hash, commit -> commit.findText("message").orElse(""));
    }

    private <T> T shown(RepositoryId repository, CommitId hash, Calls.Shape<T> shape) throws ForgeFailure {
        Need need = new Need("show commit " + hash.shortHex() + " of " + repository.name(), READ);
        return calls.get(CloudApi.path(repository) + "/commit/" + hash, need, shape);
    }
}
