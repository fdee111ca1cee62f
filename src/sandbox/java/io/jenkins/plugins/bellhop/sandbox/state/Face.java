package io.jenkins.plugins.bellhop.sandbox.state;

import java.util.List;

/** How one kind of forge speaks of what happens in it: it turns each event into deliveries of its own shape. */
public interface Face {

    Habits habits();

    void pushed(SandboxRepository repository, List<RefChange> changes, String sender);

    void pullRequestChanged(PullRequest pull, PullRequestAction action, String previous, String sender);

    void repositoryChanged(SandboxRepository repository, RepositoryAction action, String previous, String sender);

    void hookAdded(SandboxRepository repository, Hook hook, String sender);

    /** Puts headers, encoding and signature around a message, with the hook's settings of this moment. */
    Parcel seal(SandboxRepository repository, Hook hook, Message message, int attempt);

    /** Whether a hook is tried at all, given what it answered so far, oldest first. */
    default boolean admits(List<SentDelivery> answers) {
        return true;
    }

    /** Whether a delivery that got this answer is tried again by itself. */
    default boolean repeats(SentDelivery delivery, int attempt) {
        return false;
    }
}
