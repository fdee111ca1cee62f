package io.jenkins.plugins.bellhop.forge.bitbucketdc;

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
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.Shortened;
import io.jenkins.plugins.bellhop.forge.StatusLink;

/** Build statuses of commits. */
final class DataCenterStatuses implements ForgeApi.Statuses {

    /** Characters; Data Center refuses more. */
    static final int LONGEST_TEXT = 255;

    /** Characters of a link. */
    static final int LONGEST_LINK = 450;

    private final Calls calls;

    DataCenterStatuses(Calls calls) {
        this.calls = calls;
    }

    /** Servers before 7.14 know an older address alone. */
    @Override
    public void post(RepositoryId repository, CommitId commit, CommitStatus status) throws ForgeFailure {
        Need need = new Need("set a status on " + commit.shortHex() + " of " + repository.name(), "REPO_READ");
        String link = StatusLink.of(status, LONGEST_LINK, need);
        try {
            String builds = DataCenterApi.path(repository) + "/commits/" + commit + "/builds";
            calls.post(builds, body(status, state(status.state()), link), need);
        } catch (ForgeFailure failure) {
            if (failure.kind() != Kind.NOT_FOUND) {
                throw failure;
            }
            calls.post("/build-status/latest/commits/" + commit, body(status, oldState(status.state()), link), need);
        }
    }

    private static ObjectNode body(CommitStatus status, String state, String link) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", BuildKey.of(status.context(), LONGEST_TEXT))
                .put("state", state)
                .put("url", link)
                .put("name", Shortened.to(LONGEST_TEXT, status.context()))
                .put("description", Shortened.to(LONGEST_TEXT, status.description()));
    }

    private static String state(State state) {
        return switch (state) {
            case PENDING -> "INPROGRESS";
            case SUCCESS -> "SUCCESSFUL";
            case FAILURE -> "FAILED";
            case ERROR -> "CANCELLED";
        };
    }

    /** "Cancelled" came with the newer address. */
    private static String oldState(State state) {
        return state == State.ERROR ? "FAILED" : state(state);
    }
}
