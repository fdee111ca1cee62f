package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.flow.Act.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What somebody looks for in the audit trail.
 *
 * @param words with {@code user:}, {@code repository:} or {@code job:} before those that say where
 */
public record AuditQuery(Words words, Optional<Kind> kind) implements Predicate<Act> {

    @Override
    public boolean test(Act act) {
        return (kind.isEmpty() || kind.get() == act.kind())
                && words.areIn(
                        Map.of("user", act.who(), "repository", act.repository(), "job", act.item()), act.detail());
    }
}
