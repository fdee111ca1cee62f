package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.ListedFiles;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which files commits change. */
final class CloudChanges implements ForgeApi.Changes {

    private final Calls calls;

    CloudChanges(Calls calls) {
        this.calls = calls;
    }

    /** Bitbucket names the later commit first. */
    @Override
    public ChangedFiles between(RepositoryId repository, CommitId before, CommitId after) throws ForgeFailure {
        Need need = new Need(
                "compare commits " + before.shortHex() + " and " + after.shortHex() + " of " + repository.name(),
                "read:repository:bitbucket");
        String path = CloudApi.path(repository) + "/diffstat/" + after + ".." + before + "?topic=false";
        return ListedFiles.unlessGone(() -> listed(path, need));
    }

    /** Leads on to the comparison of its two ends. */
    @Override
    public ChangedFiles of(RepositoryId repository, PullRequest pullRequest) throws ForgeFailure {
        Need need = new Need(
                "list the files of " + pullRequest.described() + " of " + repository.name(),
                "read:pullrequest:bitbucket");
        return listed(CloudApi.path(repository) + "/pullrequests/" + pullRequest.number() + "/diffstat", need);
    }

    private ChangedFiles listed(String path, Need need) throws ForgeFailure {
        return ListedFiles.upTo(Integer.MAX_VALUE, calls.first(ChangedFiles.MOST + 1, path, need, CloudChanges::paths));
    }

    /** An added file has no old end, a removed one no new end. */
    private static List<String> paths(Json entry) throws UnreadablePayload {
        List<String> paths = new ArrayList<>();
        for (String end : List.of("old", "new")) {
            Optional<Json> file = entry.find(end);
            if (file.isPresent()) {
                paths.add(file.get().at("path").text());
            }
        }
        return paths;
    }
}
