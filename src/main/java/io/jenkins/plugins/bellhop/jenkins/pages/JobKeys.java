package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.RetiredKey;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.credentials.BuildKeys;
import io.jenkins.plugins.bellhop.key.KeyChoice;
import io.jenkins.plugins.bellhop.key.KeyPolicy;
import io.jenkins.plugins.bellhop.key.KeyRing;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys that an item's builds may have, and which of them the connected repository gets. */
final class JobKeys {

    private JobKeys() {}

    /** @param everyKey whether additional and user keys are shown too: to whoever may configure the item */
    static List<KeyRow> rows(Item item, StoredConnection stored, boolean everyKey) {
        List<KeyRow> rows = new ArrayList<>(everyKey ? all(item, stored) : List.of(deployKey(stored)));
        for (RetiredKey former : stored.custody().turnover().retired()) {
            rows.add(KeyRow.former(former.publicKey().fingerprint()));
        }
        return rows;
    }

    /** Which one is preferred takes the additional keys to be fetched and decrypted: not for those who see none of them. */
    private static KeyRow deployKey(StoredConnection stored) {
        return KeyRow.deploy(stored.connection().fingerprint(), false);
    }

    private static List<KeyRow> all(Item item, StoredConnection stored) {
        KeyRing ring = KeyRing.of(BuildKeys.of(item, reason -> {}), KeyPolicy.EVERY_KEY);
        Optional<OpenSshPublicKey> preferred = preferred(ring, stored);
        return ring.keys().stream()
                .map(key ->
                        KeyRow.of(key, preferred.filter(key.publicKey()::equals).isPresent()))
                .toList();
    }

    /** Empty while the key is revoked, or when two keys are equally good. */
    private static Optional<OpenSshPublicKey> preferred(KeyRing ring, StoredConnection stored) {
        return ring.choose(BuildKeys.scopeOf(stored.connection())) instanceof KeyChoice.Chosen chosen
                        && !stored.isRevoked()
                ? Optional.of(chosen.key().publicKey())
                : Optional.empty();
    }
}
