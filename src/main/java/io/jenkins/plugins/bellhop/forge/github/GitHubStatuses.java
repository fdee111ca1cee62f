package io.jenkins.plugins.bellhop.forge.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.Shortened;
import java.util.Locale;

/** Commit statuses. */
final class GitHubStatuses implements ForgeApi.Statuses {

    /** Characters; GitHub refuses more. */
    static final int LONGEST_DESCRIPTION = 140;

    private final Calls calls;

    GitHubStatuses(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void post(RepositoryId repository, CommitId commit, CommitStatus status) throws ForgeFailure {
        Need need = new Need(
                "set a status on " + commit.shortHex() + " of " + repository.name(),
                "Commit statuses: write",
                "repo:status");
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("state", status.state().name().toLowerCase(Locale.ROOT))
                .put("context", status.context())
                .put("description", Shortened.to(LONGEST_DESCRIPTION, status.description()));
        status.target().ifPresent(target -> body.put("target_url", target.toString()));
        calls.post("/repos/" + repository.name() + "/statuses/" + commit, body, need, json -> json.at("id"));
    }
}
