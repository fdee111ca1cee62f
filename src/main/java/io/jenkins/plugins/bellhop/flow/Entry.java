package io.jenkins.plugins.bellhop.flow;

import java.util.Optional;

/**
 * One line of the decision log: what came of one delivery, for one job or for none.
 *
 * @param connectionId whose hook it came through
 * @param deliveryId the forge's id, or that of another occasion; empty for a request that was refused, since it is nobody's
 *     word
 * @param job the job that was decided for, or the project that was told; empty when the entry is about the delivery itself
 * @param event what happened, in words
 */
public record Entry(
        String connectionId,
        Optional<String> deliveryId,
        Optional<String> job,
        String event,
        Outcome outcome,
        String sentence) {

    /** What came of it. */
    public enum Outcome {
        BUILT,
        CANCELLED,
        /** A project was told, which finds out by itself what to build. */
        TOLD,
        SKIPPED,
        IGNORED,
        REFUSED,
        FAILED
    }

    /** Whether a forge delivered what it is about; Bellhop's own looks, approvals and replays have ids, too. */
    public boolean isDelivered() {
        return deliveryId.filter(id -> !Occasion.isOwn(id)).isPresent();
    }

    static Entry refused(Source source, String sentence) {
        return new Entry(
                source.connection().id(), Optional.empty(), Optional.empty(), "request", Outcome.REFUSED, sentence);
    }

    /** About a connection, told by no delivery. */
    static Entry about(Source source, String event, Outcome outcome, String sentence) {
        return new Entry(source.connection().id(), Optional.empty(), Optional.empty(), event, outcome, sentence);
    }

    static Entry of(Source source, Occasion occasion, String event, Outcome outcome, String sentence) {
        return new Entry(
                source.connection().id(),
                Optional.of(occasion.id().text()),
                Optional.empty(),
                event,
                outcome,
                sentence);
    }
}
