package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Cause;
import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.forge.Forge;

/**
 * Why a build runs, and as what: the decision's sentence, the subject, the delivery. All of it may have come from outside
 * and is shown as text only. The fields' names are a file format.
 */
public final class WebhookCause extends Cause {

    private final String sentence;
    private final String connectionId;
    private final String delivery;
    private final String event;
    private final String ref;
    private final String commit;
    private final String branch;
    private final String tag;
    private final long pullRequest;
    private final String target;
    private final boolean fork;

    public WebhookCause(Build decision, Trigger trigger) {
        Subject built = decision.subject();
        sentence = decision.reason();
        connectionId = trigger.source().connection().id();
        delivery = trigger.delivery().text();
        event = trigger.event().described();
        ref = refOf(decision, trigger.source().forge());
        commit = built.commit().hex();
        branch = built.match(
                ref -> ref.ref().isTag() ? "" : ref.ref().shortName(),
                request -> request.request().headBranch());
        tag = built.match(ref -> ref.ref().isTag() ? ref.ref().shortName() : "", request -> "");
        pullRequest = built.pullRequest().map(request -> request.number()).orElse(0L);
        target = built.pullRequest().map(request -> request.target()).orElse("");
        fork = built.match(ref -> false, request -> true);
    }

    private static String refOf(Build decision, Forge forge) {
        Subject built = decision.subject();
        if (decision.mergeResult()) {
            return built.pullRequest()
                    .flatMap(request -> forge.mergeRef(request.number()))
                    .orElse("");
        }
        return built.match(
                own -> own.ref().fullName(),
                stranger -> forge.pullRequestRef(stranger.request().number()).orElse(""));
    }

    @Override
    public String getShortDescription() {
        return sentence;
    }

    public String connectionId() {
        return connectionId;
    }

    public String delivery() {
        return delivery;
    }

    public String event() {
        return event;
    }

    /** The ref that was built, in full: a branch, a tag, or the forge's own ref of a pull request. */
    public String ref() {
        return ref;
    }

    public String commit() {
        return commit;
    }

    /** Empty for a tag. */
    public String branch() {
        return branch;
    }

    /** Empty for a branch. */
    public String tag() {
        return tag;
    }

    /** Its number, or 0. */
    public long pullRequest() {
        return pullRequest;
    }

    /** The pull request's target branch, or empty. */
    public String target() {
        return target;
    }

    /** Whether strangers' code is built. */
    public boolean fork() {
        return fork;
    }
}
