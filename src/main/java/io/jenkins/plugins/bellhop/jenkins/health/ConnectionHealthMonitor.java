package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.util.List;

/** Says which connections don't work as they should, with the jobs where it can be mended. Goes when they work again. */
@Extension
public final class ConnectionHealthMonitor extends AdministrativeMonitor {

    /** Connections in the message; the rest is counted. */
    static final int MOST_SHOWN = 10;

    @Override
    public String getDisplayName() {
        return Messages.ConnectionHealthMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return !Wiring.get().healthRounds().unwell().isEmpty();
    }

    public List<Row> getRows() {
        return Wiring.get().healthRounds().unwell().stream()
                .limit(MOST_SHOWN)
                .map(Row::new)
                .toList();
    }

    /** How many are not shown. */
    public int getMore() {
        return Math.max(0, Wiring.get().healthRounds().unwell().size() - MOST_SHOWN);
    }

    /** One connection. */
    public static final class Row {

        private final StoredConnection stored;

        Row(StoredConnection stored) {
            this.stored = stored;
        }

        public String getRepository() {
            return stored.connection().repository().toString();
        }

        public String getJobs() {
            return String.join(", ", stored.items());
        }

        public List<String> getSentences() {
            return Wiring.get().healthRounds().latest(stored.id()).map(Health::findings).orElse(List.of()).stream()
                    .filter(finding -> !finding.isAdvice())
                    .map(Finding::sentence)
                    .toList();
        }
    }
}
