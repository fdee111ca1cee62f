package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.time.Clock;
import java.time.Duration;

/** Asks forges how things stand, which may take minutes; of what is remembered it changes names and hooks alone. */
final class Lookout {

    private final Repositories repositories;
    private final SeenHeads heads;
    private final HookLook hooks;
    private final FailureLook failures;
    private final RateLimits limits;
    private final DecisionLog log;

    Lookout(Repositories repositories, Memory memory, RateLimits limits, DecisionLog log, Clock clock) {
        this.repositories = repositories;
        this.heads = memory.heads();
        this.hooks = new HookLook(memory.hooks(), log);
        this.failures = new FailureLook(memory.hooks(), log, clock);
        this.limits = limits;
        this.log = log;
    }

    ForgeApi api(Source source) throws ForgeFailure {
        return repositories.api(source.connection());
    }

    /**
     * Where a connection's branches, tags and pull requests are.
     *
     * @throws ForgeFailure also when another repository has the name now
     */
    HeadComparison look(Source source) throws ForgeFailure {
        Connection connection = source.connection();
        ForgeApi api = api(source);
        RepositoryId today = api.repositories().current(connection.repository()).id();
        if (!today.name().isSameAs(connection.repository().name())) {
            renamed(source, today);
        }
        hooks.at(source, today, api);
        failures.at(source, today, api);
        return HeadComparison.asked(today, api, heads.all(connection.id()).keySet());
    }

    /** The connection's repository has another name now. */
    void renamed(Source source, RepositoryId today) {
        Connection connection = source.connection();
        repositories.renamed(connection, today);
        log.add(Entry.about(
                source,
                "rename",
                Outcome.IGNORED,
                "Known under its new name " + today.name() + " (was "
                        + connection.repository().name() + ")."));
    }

    /**
     * The pull request as the forge shows it now.
     *
     * @throws ForgeFailure also when it isn't open any more, or has another head
     */
    PullRequest shown(Source source, Approvals.Waiting what) throws ForgeFailure {
        for (PullRequest request :
                api(source).pullRequests().open(source.connection().repository())) {
            if (request.number() == what.number() && request.head().equals(what.commit())) {
                return request;
            }
        }
        throw new ForgeFailure(
                ForgeFailure.Kind.NOT_FOUND,
                "Not approved: pull request #" + what.number() + " is not open, or its newest commit isn't "
                        + what.commit().shortHex() + " any more. Look at what it is now.");
    }

    /**
     * Says that a connection could not be looked after.
     *
     * @return how long its forge is to be left alone: an answer about one repository says nothing of others
     */
    Duration failed(Source source, ForgeFailure failure, String arrival) {
        log.add(Entry.of(
                source,
                Occasion.catchUp(arrival),
                Occasion.CATCH_UP,
                Outcome.FAILED,
                "Could not compare the heads with those last seen. " + failure.getMessage()));
        limits.heard(source.forge().host(), failure);
        Duration asked = limits.pause(source.forge().host());
        return asked.isZero() && failure.kind() == ForgeFailure.Kind.UNREACHABLE ? CatchUp.ROUND : asked;
    }

    /** What forges said about when to ask them again. */
    RateLimits limits() {
        return limits;
    }
}
