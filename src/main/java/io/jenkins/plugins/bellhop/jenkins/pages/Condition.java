package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.util.List;
import java.util.Optional;

/** How a connection is, in a word. */
public enum Condition {
    /** Everything was found in order. */
    WELL,
    /** Something was found that doesn't work. */
    UNWELL,
    /** Its key is revoked, and there is no other yet. */
    REVOKED,
    /** It is being made, or a crash left it half-made. */
    UNFINISHED,
    /** Nobody has looked since its key is in use. */
    NOT_LOOKED_AT;

    static Condition of(StoredConnection stored) {
        if (!stored.connection().isReady()) {
            return UNFINISHED;
        }
        if (stored.isRevoked()) {
            return REVOKED;
        }
        return health(stored).map(found -> found.isWell() ? WELL : UNWELL).orElse(NOT_LOOKED_AT);
    }

    /** In sentences. */
    static List<String> problems(StoredConnection stored) {
        return health(stored).map(Health::findings).orElse(List.of()).stream()
                .filter(finding -> !finding.isAdvice())
                .map(Finding::sentence)
                .toList();
    }

    private static Optional<Health> health(StoredConnection stored) {
        return Wiring.get().healthRounds().latest(stored.id());
    }

    public boolean isTrouble() {
        return this == UNWELL || this == REVOKED || this == UNFINISHED;
    }

    public String getText() {
        return switch (this) {
            case WELL -> Messages.Condition_Well();
            case UNWELL -> Messages.Condition_Unwell();
            case REVOKED -> Messages.Condition_Revoked();
            case UNFINISHED -> Messages.Condition_Unfinished();
            case NOT_LOOKED_AT -> Messages.Condition_NotLookedAt();
        };
    }

    public String getIcon() {
        return switch (this) {
            case WELL -> "symbol-status-blue";
            case UNWELL -> "symbol-status-red";
            case REVOKED -> "symbol-status-aborted";
            case UNFINISHED -> "symbol-hourglass";
            case NOT_LOOKED_AT -> "symbol-status-nobuilt";
        };
    }
}
