package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that a push's commits name. */
final class GitHubPush {

    /** Some servers list no more commits than this; a list as long as that may be cut off. */
    static final int MOST_COMMITS = 20;

    private GitHubPush() {}

    /** Absent unless the payload names every file: what a forced push took back, or a new branch holds, it doesn't tell. */
    static Optional<ChangedFiles> files(Json payload) throws UnreadablePayload {
        Optional<Json> listed = payload.find("commits");
        List<Json> commits = listed.isPresent() ? listed.get().items() : List.of();
        boolean whole = !commits.isEmpty() && commits.size() < MOST_COMMITS && endsAt(payload, commits);
        if (!whole || payload.flag("forced") || payload.flag("created")) {
            return Optional.empty();
        }
        List<String> paths = new ArrayList<>();
        for (Json commit : commits) {
            for (String kind : List.of("added", "removed", "modified")) {
                Optional<Json> files = commit.find(kind);
                if (files.isEmpty()) {
                    return Optional.empty();
                }
                for (Json file : files.get().items()) {
                    paths.add(file.text());
                }
            }
        }
        return Optional.of(ChangedFiles.all(paths)).filter(ChangedFiles::whole);
    }

    private static boolean endsAt(Json payload, List<Json> commits) throws UnreadablePayload {
        Optional<String> last = commits.get(commits.size() - 1).findText("id");
        return last.isPresent() && last.get().equals(payload.at("after").text());
    }
}
