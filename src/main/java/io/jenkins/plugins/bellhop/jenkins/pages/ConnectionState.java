package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.StepRow;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import io.jenkins.plugins.bellhop.jenkins.health.AgentTests;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * How an item's connection is at the moment, for who asks. Absent texts are empty, absent times and rows null. What is
 * exported holds no secret, and no id of a credential.
 */
@ExportedBean
public final class ConnectionState {

    /** Decisions on the page; the page "Deliveries" has all. */
    static final int MOST_SHOWN = 10;

    private final Item item;
    private final boolean mayConfigure;
    private final Optional<StoredConnection> stored;
    private final Optional<Connection> connection;
    private final Optional<Health> health;
    private List<DecisionRow> newest;

    /** @param mayConfigure whether who asks may configure what asks for the connection */
    ConnectionState(Item item, boolean mayConfigure) {
        this.item = item;
        this.mayConfigure = mayConfigure;
        this.stored = Wiring.get().connections().ofItem(item.getFullName()).stream()
                .filter(found -> found.connection().isReady())
                .findFirst();
        this.connection = stored.map(StoredConnection::connection);
        this.health = stored.flatMap(found -> Wiring.get().healthRounds().latest(found.id()));
    }

    Optional<StoredConnection> stored() {
        return stored;
    }

    public boolean isMayConfigure() {
        return mayConfigure;
    }

    /** As the item asks for it. */
    public String getRepositoryUrl() {
        return Wish.of(item).map(Wish::getRepositoryUrl).orElse("");
    }

    @Exported
    public boolean isConnected() {
        return stored.isPresent();
    }

    @Exported
    public String getRepository() {
        return connection.map(found -> found.repository().toString()).orElse("");
    }

    @Exported
    public String getForge() {
        return connection.map(found -> found.repository().host()).orElse("");
    }

    public String getFingerprint() {
        return connection.map(found -> found.fingerprint().toString()).orElse("");
    }

    /** Deploy keys for all who may see the item, the others for those who may configure it. */
    @Exported
    public List<KeyRow> getKeys() {
        return stored.map(found -> JobKeys.rows(item, found, mayConfigure)).orElse(List.of());
    }

    @Exported
    public Condition getHealth() {
        return stored.map(Condition::of).orElse(null);
    }

    /** When somebody looked, since the key is in use. */
    @Exported
    public Date getCheckedAt() {
        return health.map(Health::at).map(Date::from).orElse(null);
    }

    /** What was found at the last look, for those who may configure the item. */
    @Exported
    public List<FindingRow> getFindings() {
        return FindingRow.of(health, mayConfigure);
    }

    public boolean isRepairable() {
        return health.filter(Health::isRepairable).isPresent();
    }

    /** When the key was used last, where the forge tells. */
    @Exported
    public Date getKeyLastUsed() {
        return health.flatMap(Health::keyLastUsed).map(Date::from).orElse(null);
    }

    /** Whose the API credential is, when that is known. */
    public String getCredentialOwner() {
        return health.flatMap(Health::credentialOwner).orElse("");
    }

    public String getCredentialsId() {
        return connection.map(found -> "bellhop-" + found.id()).orElse("");
    }

    /** The forge's id of the webhook. */
    @Exported
    public String getHook() {
        return connection.flatMap(Connection::hookId).orElse("");
    }

    /** What an administrator took from the hook at the forge; empty when it is whole, as far as is known. */
    @Exported
    public String getHookProblem() {
        return connection
                .map(found -> Wiring.get().hooks().of(found.id()).sentence())
                .orElse("");
    }

    /** Why the item isn't connected, when that is known, for those who may configure it: a forge's words tell more than the page. */
    @Exported
    public String getProblem() {
        return Wiring.get()
                .reconciler()
                .lastAttempt(item)
                .filter(attempt -> mayConfigure && !attempt.connected())
                .map(Attempt::sentence)
                .orElse("");
    }

    /** The steps so far of an item that is just being connected; null when it isn't. */
    public List<StepRow> getProgress() {
        return Wiring.get().reconciler().progress(item).orElse(null);
    }

    /** Whether the item is let in, but nobody saved it so: somebody pressed Connect in its form and left. */
    public boolean isUnsaved() {
        return stored.filter(found -> !Wiring.get().reconciler().isAskedFor(item, found))
                .isPresent();
    }

    /** Whether the key is revoked and there is no other yet. */
    public boolean isRevoked() {
        return stored.filter(StoredConnection::isRevoked).isPresent();
    }

    /** Whether to offer to forget the connection, since it can't be removed at the forge. */
    public boolean isStuck() {
        return Wiring.get().reconciler().isStuck(item);
    }

    /** Whether key and hook go at the forge when the item leaves. */
    public boolean isLastUser() {
        return stored.filter(found -> found.items().size() == 1).isPresent();
    }

    /** How the last try of this key on an agent went, for those who may configure the item. */
    public AgentTests.Tested getTested() {
        return stored.filter(found -> mayConfigure)
                .flatMap(found -> Wiring.get().agentTests().latest(found))
                .orElse(null);
    }

    /** The newest ones. */
    public List<DecisionRow> getDecisions() {
        if (newest == null) {
            newest = Deliveries.of(item).newest(MOST_SHOWN);
        }
        return newest;
    }

    /** What the forge delivered last to this connection, with what came of it. */
    @Exported
    public DecisionRow getLastDelivery() {
        return stored.flatMap(found -> Deliveries.of(item).lastDelivered(found)).orElse(null);
    }

    /** What was decided last for the item itself. */
    @Exported
    public DecisionRow getLastDecision() {
        return Deliveries.of(item).lastOfJob().orElse(null);
    }
}
