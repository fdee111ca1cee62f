package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
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
import java.util.StringJoiner;

/** Which files commits change. */
final class DataCenterChanges implements ForgeApi.Changes {

    /** A server lists no more, unless its administrator chose another {@code page.max.changes}. */
    private static final int MOST_LISTED = 1_000;

    private final Calls calls;

    DataCenterChanges(Calls calls) {
        this.calls = calls;
    }

    @Override
    public ChangedFiles between(RepositoryId repository, CommitId before, CommitId after) throws ForgeFailure {
        Need need = new Need(
                "compare commits " + before.shortHex() + " and " + after.shortHex() + " of " + repository.name(),
                "REPO_READ");
        String path = DataCenterApi.path(repository) + "/changes?since=" + before + "&until=" + after;
        return ListedFiles.unlessGone(() -> listed(path, need));
    }

    /** The list that bears the pull request's own name can't be read on beyond its first page. */
    @Override
    public ChangedFiles of(RepositoryId repository, PullRequest pullRequest) throws ForgeFailure {
        Need need = new Need("list the files of " + pullRequest.described() + " of " + repository.name(), "REPO_READ");
        String target = GitRef.branch(pullRequest.target()).fullName();
        return listed(
                DataCenterApi.path(repository) + "/compare/changes?from=" + pullRequest.head() + "&to="
                        + Calls.encoded(target),
                need);
    }

    private ChangedFiles listed(String path, Need need) throws ForgeFailure {
        return ListedFiles.upTo(MOST_LISTED, calls.first(MOST_LISTED, path, need, DataCenterChanges::paths));
    }

    private static List<String> paths(Json entry) throws UnreadablePayload {
        List<String> paths = new ArrayList<>();
        paths.add(path(entry.at("path")));
        Optional<Json> formerPath = entry.find("srcPath");
        if (formerPath.isPresent()) {
            paths.add(path(formerPath.get()));
        }
        return paths;
    }

    private static String path(Json path) throws UnreadablePayload {
        StringJoiner joined = new StringJoiner("/");
        for (Json component : path.at("components").items()) {
            joined.add(component.text());
        }
        return joined.toString();
    }
}
