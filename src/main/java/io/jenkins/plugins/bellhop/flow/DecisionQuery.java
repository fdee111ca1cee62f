package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What somebody looks for among decisions.
 *
 * @param words with {@code job:}, {@code repository:}, {@code event:} or {@code delivery:} before those that say where
 * @param from the first moment that counts
 * @param until the first moment that doesn't
 */
public record DecisionQuery(Words words, Optional<Outcome> outcome, Optional<Instant> from, Optional<Instant> until)
        implements Predicate<Dated> {

    public static DecisionQuery of(
            String text, Optional<Outcome> outcome, Optional<Instant> from, Optional<Instant> until) {
        return new DecisionQuery(Words.of(text), outcome, from, until);
    }

    @Override
    public boolean test(Dated dated) {
        Entry entry = dated.entry();
        return (outcome.isEmpty() || outcome.get() == entry.outcome())
                && from.filter(dated.at()::isBefore).isEmpty()
                && until.filter(end -> !dated.at().isBefore(end)).isEmpty()
                && words.areIn(
                        Map.of(
                                "job", entry.job().orElse(""),
                                "repository", dated.repository(),
                                "event", entry.event(),
                                "delivery", entry.deliveryId().orElse("")),
                        entry.sentence());
    }
}
