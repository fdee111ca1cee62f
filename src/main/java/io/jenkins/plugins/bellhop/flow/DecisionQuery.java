package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What somebody looks for among decisions.
 *
 * @param words all of which stand somewhere in the entry, in whatever case: {@code job:}, {@code repository:}, {@code event:} or
 *     {@code delivery:} before a word says where
 * @param from the first moment that counts
 * @param until the first moment that doesn't
 */
public record DecisionQuery(
        List<String> words, Optional<Outcome> outcome, Optional<Instant> from, Optional<Instant> until)
        implements Predicate<Dated> {

    /** Characters that are looked for; what somebody types beyond them doesn't count. */
    public static final int LONGEST = 200;

    public static DecisionQuery of(
            String text, Optional<Outcome> outcome, Optional<Instant> from, Optional<Instant> until) {
        String bounded = text.substring(0, Math.min(text.length(), LONGEST));
        List<String> words = Arrays.stream(bounded.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return new DecisionQuery(words, outcome, from, until);
    }

    @Override
    public boolean test(Dated dated) {
        return (outcome.isEmpty() || outcome.get() == dated.entry().outcome())
                && from.filter(dated.at()::isBefore).isEmpty()
                && until.filter(end -> !dated.at().isBefore(end)).isEmpty()
                && words.stream().allMatch(word -> holds(dated, word));
    }

    private static boolean holds(Dated dated, String word) {
        Entry entry = dated.entry();
        int colon = word.indexOf(':');
        String wanted = word.substring(colon + 1);
        switch (colon < 0 ? "" : word.substring(0, colon)) {
            case "job":
                return entry.job().filter(job -> has(job, wanted)).isPresent();
            case "repository":
                return has(dated.repository(), wanted);
            case "event":
                return has(entry.event(), wanted);
            case "delivery":
                return entry.deliveryId().filter(id -> has(id, wanted)).isPresent();
            default:
                return has(entry.sentence(), word)
                        || has(entry.event(), word)
                        || has(dated.repository(), word)
                        || entry.job().filter(job -> has(job, word)).isPresent()
                        || entry.deliveryId().filter(id -> has(id, word)).isPresent();
        }
    }

    private static boolean has(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word);
    }
}
