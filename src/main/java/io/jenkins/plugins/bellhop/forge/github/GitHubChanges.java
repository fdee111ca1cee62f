package io.jenkins.plugins.bellhop.forge.github;

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
final class GitHubChanges implements ForgeApi.Changes {

    /** A comparison lists no more files. */
    private static final int MOST_COMPARED = 300;
    /** A pull request lists no more. */
    private static final int MOST_OF_PULL_REQUEST = 3_000;

    private final Calls calls;

    GitHubChanges(Calls calls) {
        this.calls = calls;
    }

    /** The pages of a comparison are pages of commits; all files are on the first. */
    @Override
    public ChangedFiles between(RepositoryId repository, CommitId before, CommitId after) throws ForgeFailure {
        Need need = new Need(
                "compare commits " + before.shortHex() + " and " + after.shortHex() + " of " + repository.name(),
                "Contents: read",
                "repo");
        String path = "/repos/" + repository.name() + "/compare/" + before + "..." + after + "?per_page=1";
        return ListedFiles.unlessGone(() -> calls.get(path, need, GitHubChanges::compared));
    }

    /** GitHub compares with the common ancestor: what a forced push took back isn't among the files. */
    private static ChangedFiles compared(Json comparison) throws UnreadablePayload {
        Optional<Json> files = comparison.find("files");
        if (files.isEmpty() || !comparison.at("status").text().equals("ahead")) {
            return ChangedFiles.unknown();
        }
        List<List<String>> entries = new ArrayList<>();
        for (Json file : files.get().items()) {
            entries.add(paths(file));
        }
        return ListedFiles.upTo(MOST_COMPARED, entries);
    }

    @Override
    public ChangedFiles of(RepositoryId repository, PullRequest pullRequest) throws ForgeFailure {
        Need need = new Need(
                "list the files of " + pullRequest.described() + " of " + repository.name(),
                "Pull requests: read",
                "repo");
        return ListedFiles.upTo(
                MOST_OF_PULL_REQUEST,
                calls.first(
                        ChangedFiles.MOST + 1,
                        "/repos/" + repository.name() + "/pulls/" + pullRequest.number() + "/files",
                        need,
                        GitHubChanges::paths));
    }

    private static List<String> paths(Json file) throws UnreadablePayload {
        String name = file.at("filename").text();
        Optional<String> formerName = file.findText("previous_filename");
        return formerName.isPresent() ? List.of(name, formerName.get()) : List.of(name);
    }
}
