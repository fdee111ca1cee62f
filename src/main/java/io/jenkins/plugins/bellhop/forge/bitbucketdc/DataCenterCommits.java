package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.Optional;

/** The commits that newer servers add to a push: the newest five, and the one it ends at. */
final class DataCenterCommits {

    private DataCenterCommits() {}

    /** What this commit says, if the payload has it. */
    static Optional<String> message(Json payload, CommitId commit) throws UnreadablePayload {
        Optional<Json> last = payload.find("toCommit");
        if (last.isPresent() && isOf(commit, last.get())) {
            return last.get().findText("message");
        }
        Optional<Json> listed = payload.find("commits");
        if (listed.isPresent()) {
            for (Json entry : listed.get().items()) {
                if (isOf(commit, entry)) {
                    return entry.findText("message");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(CommitId commit, Json entry) throws UnreadablePayload {
        return entry.at("id").as(CommitId::new).equals(commit);
    }
}
