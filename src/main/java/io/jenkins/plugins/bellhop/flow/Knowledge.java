package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Situation;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Undecided;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What deciding may ask: the forge for what only it knows, and the memory of what recent events told. */
final class Knowledge {

    /** Commit messages that are remembered, so that a pull request's event knows what the push before it said. */
    static final int MOST_MESSAGES = 1_000;

    private final Repositories repositories;
    private final Map<CommitId, String> messages = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CommitId, String> eldest) {
            return size() > MOST_MESSAGES;
        }
    });

    Knowledge(Repositories repositories) {
        this.repositories = repositories;
    }

    void learn(Event event) {
        if (event instanceof Event.BranchPushed pushed) {
            pushed.headMessage().ifPresent(message -> messages.put(pushed.commit(), message));
        }
    }

    Situation situation(Connection connection, WatchingJob job) {
        return new Situation() {
            @Override
            public boolean isJobDisabled() {
                return job.isDisabled();
            }

            @Override
            public Optional<String> defaultBranch() throws Undecided {
                return asked(
                        "its default branch",
                        api -> api.repositories()
                                .read(connection.repository().name())
                                .defaultBranch());
            }

            @Override
            public boolean hasOpenPullRequest(GitRef branch) throws Undecided {
                return asked(
                        "whether " + branch.described() + " has an open pull request",
                        api -> !api.pullRequests()
                                .openFrom(connection.repository(), branch.shortName())
                                .isEmpty());
            }

            @Override
            public Optional<String> messageOf(CommitId commit) {
                return Optional.ofNullable(messages.get(commit));
            }

            @Override
            public boolean isBuiltAlready(Subject subject) {
                return job.isBuiltAlready(subject);
            }

            private <T> T asked(String what, Asked<T> question) throws Undecided {
                try {
                    return question.of(repositories.api(connection));
                } catch (ForgeFailure failure) {
                    throw new Undecided(
                            "Not decided yet: could not ask the forge " + what + ". " + failure.getMessage());
                }
            }
        };
    }

    @FunctionalInterface
    private interface Asked<T> {
        T of(ForgeApi api) throws ForgeFailure;
    }
}
