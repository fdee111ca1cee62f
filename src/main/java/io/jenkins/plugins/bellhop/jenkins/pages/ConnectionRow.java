package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import io.jenkins.plugins.bellhop.flow.Words;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One connection as a row of the page. Absent texts are empty, absent times null. Ordered by host and name. */
@ExportedBean(defaultVisibility = 999)
public final class ConnectionRow implements Comparable<ConnectionRow> {

    private final StoredConnection stored;
    private final Connection connection;
    private final Instant now;
    private final String sortKey;
    private Dated lastDelivery;

    ConnectionRow(StoredConnection stored, Instant now) {
        this.stored = stored;
        this.connection = stored.connection();
        this.now = now;
        this.sortKey = getForge() + "/" + getRepository() + " " + getId();
    }

    void tellLastDelivery(Dated dated) {
        this.lastDelivery = dated;
    }

    boolean isAskedForBy(Words words) {
        return words.areIn(
                Map.of(
                        "repository", getRepository(),
                        "forge", getForge(),
                        "job", String.join(" ", stored.items()),
                        "key", getFingerprint()),
                "");
    }

    boolean isInTrouble() {
        return getHealth().isTrouble() || !getHookProblem().isEmpty();
    }

    StoredConnection stored() {
        return stored;
    }

    public String getId() {
        return stored.id();
    }

    @Exported
    public String getRepository() {
        return connection.repository().toString();
    }

    @Exported
    public String getForge() {
        return connection.repository().host();
    }

    @Exported
    public List<String> getJobs() {
        return stored.items().stream().sorted().toList();
    }

    /** The jobs, each with its path in URLs where there is a page for it. */
    public List<JobLink> getJobLinks() {
        return getJobs().stream().map(JobLink::new).toList();
    }

    /** In a word. */
    @Exported
    public Condition getHealth() {
        return Condition.of(stored);
    }

    /** What is wrong, if anything is. */
    @Exported
    public List<String> getProblems() {
        return Condition.problems(stored);
    }

    @Exported
    public String getFingerprint() {
        return connection.fingerprint().toString();
    }

    @Exported
    public Date getKeySince() {
        return stored.keySince().map(Date::from).orElse(null);
    }

    public String getKeyAge() {
        return stored.keySince()
                .map(since -> Messages.ConnectionRow_Days(
                        Math.max(0, Duration.between(since, now).toDays())))
                .orElse(Messages.ConnectionRow_UnknownAge());
    }

    @Exported
    public Date getLastDelivery() {
        return lastDelivery == null ? null : Date.from(lastDelivery.at());
    }

    public String getLastOutcomeIcon() {
        return lastDelivery == null ? "" : Outcomes.icon(lastDelivery.entry().outcome());
    }

    public String getLastOutcome() {
        return lastDelivery == null ? "" : Outcomes.text(lastDelivery.entry().outcome());
    }

    @Exported
    public String getHook() {
        return connection.hookId().orElse("");
    }

    @Exported
    public String getHookProblem() {
        return Wiring.get().hooks().of(stored.id()).sentence();
    }

    public boolean isReady() {
        return connection.isReady();
    }

    @Override
    public int compareTo(ConnectionRow other) {
        return sortKey.compareToIgnoreCase(other.sortKey);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionRow that && getId().equals(that.getId());
    }

    @Override
    public int hashCode() {
        return getId().hashCode();
    }

    /** A job, and where its page is. */
    public static final class JobLink {

        private final String name;

        JobLink(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }

        /** Empty for what is not there. */
        public String getPath() {
            return Wiring.get().pathOf(name).orElse("");
        }
    }
}
