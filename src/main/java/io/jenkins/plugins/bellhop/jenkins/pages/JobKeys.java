package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.RetiredKey;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.credentials.BuildKeys;
import io.jenkins.plugins.bellhop.key.KeyChoice;
import io.jenkins.plugins.bellhop.key.KeyPolicy;
import io.jenkins.plugins.bellhop.key.KeyRing;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.RingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys that a job's builds may have, and which of them the connected repository gets. */
public final class JobKeys {

    private JobKeys() {}

    /** @param everyKey whether additional and user keys are shown too: to whoever may configure the job */
    static List<KeyRow> rows(Job<?, ?> job, StoredConnection stored, boolean everyKey) {
        List<KeyRow> rows = new ArrayList<>(everyKey ? all(job, stored) : List.of(deployKey(stored)));
        for (RetiredKey former : stored.custody().turnover().retired()) {
            rows.add(new KeyRow(
                    Messages.KeyRow_Former(), former.publicKey().fingerprint().toString(), false));
        }
        return rows;
    }

    /** Which one is preferred takes the additional keys to be fetched and decrypted: not for those who see none of them. */
    private static KeyRow deployKey(StoredConnection stored) {
        return new KeyRow(
                Messages.KeyRow_Deploy(), stored.connection().fingerprint().toString(), false);
    }

    private static List<KeyRow> all(Job<?, ?> job, StoredConnection stored) {
        KeyRing ring = KeyRing.of(BuildKeys.of(job, reason -> {}), KeyPolicy.EVERY_KEY);
        Optional<OpenSshPublicKey> preferred = preferred(ring, stored);
        return ring.keys().stream()
                .map(key -> new KeyRow(
                        kind(key.kind()),
                        key.toString(),
                        preferred.filter(key.publicKey()::equals).isPresent()))
                .toList();
    }

    /** Empty while the key is revoked, or when two keys are equally good. */
    private static Optional<OpenSshPublicKey> preferred(KeyRing ring, StoredConnection stored) {
        return ring.choose(BuildKeys.scopeOf(stored.connection())) instanceof KeyChoice.Chosen chosen
                        && !stored.isRevoked()
                ? Optional.of(chosen.key().publicKey())
                : Optional.empty();
    }

    private static String kind(RingKey.Kind kind) {
        return switch (kind) {
            case BOUND_TO_REPOSITORY -> Messages.KeyRow_BoundToRepository();
            case USER -> Messages.KeyRow_User();
            case SHARED -> Messages.KeyRow_Shared();
            case DEPLOY -> Messages.KeyRow_Deploy();
            case BOUND_TO_SERVER -> Messages.KeyRow_BoundToServer();
        };
    }

    /** One key, by its fingerprint. */
    public static final class KeyRow {

        private final String kind;
        private final String name;
        private final boolean preferred;

        KeyRow(String kind, String name, boolean preferred) {
            this.kind = kind;
            this.name = name;
            this.preferred = preferred;
        }

        public String getKind() {
            return kind;
        }

        public String getName() {
            return name;
        }

        public boolean isPreferred() {
            return preferred;
        }
    }
}
