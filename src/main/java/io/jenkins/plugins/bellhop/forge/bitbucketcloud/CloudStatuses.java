package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.BuildKey;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.Shortened;
import io.jenkins.plugins.bellhop.forge.StatusLink;

/** Build statuses of commits. */
final class CloudStatuses implements ForgeApi.Statuses {

    /** Characters; longer keys are refused by servers that users met. */
    static final int LONGEST_KEY = 40;
    /** Characters. */
    static final int LONGEST_TEXT = 255;

    /** Characters of a link. */
    static final int LONGEST_LINK = 2_048;

    private final Calls calls;

    CloudStatuses(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void post(RepositoryId repository, CommitId commit, CommitStatus status) throws ForgeFailure {
        Need need = new Need(
                "set a status on " + commit.shortHex() + " of " + repository.name(), "read:repository:bitbucket");
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("key", BuildKey.of(status.context(), LONGEST_KEY))
                .put("state", state(status.state()))
                .put("url", StatusLink.of(status, LONGEST_LINK, need))
                .put("name", Shortened.to(LONGEST_TEXT, status.context()))
                .put("description", Shortened.to(LONGEST_TEXT, status.description()));
        calls.post(CloudApi.path(repository) + "/commit/" + commit + "/statuses/build", body, need);
    }

    private static String state(State state) {
        return switch (state) {
            case PENDING -> "INPROGRESS";
            case SUCCESS -> "SUCCESSFUL";
            case FAILURE -> "FAILED";
            case ERROR -> "STOPPED";
        };
    }
}
