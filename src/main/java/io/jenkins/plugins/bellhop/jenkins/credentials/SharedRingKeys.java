package io.jenkins.plugins.bellhop.jenkins.credentials;

import io.jenkins.plugins.bellhop.connect.Attachment;
import io.jenkins.plugins.bellhop.connect.SharedKey;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredSharedKey;
import io.jenkins.plugins.bellhop.key.KeyScope;
import io.jenkins.plugins.bellhop.key.RingKey;
import java.util.List;

/**
 * The shared keys of a build: those that are attached to a repository which its job may use. Each is for all the
 * repositories that it is attached to, so that submodules are reached with it.
 */
final class SharedRingKeys {

    private SharedRingKeys() {}

    static List<RingKey> of(List<StoredConnection> used, Wiring wiring) {
        return wiring.sharedKeyFiles().all().stream()
                .map(StoredSharedKey::key)
                .filter(key -> used.stream()
                        .map(StoredConnection::connection)
                        .anyMatch(connection -> connection.isReady() && key.opens(connection.repository())))
                .map(key -> ringKey(key, wiring))
                .toList();
    }

    private static RingKey ringKey(SharedKey key, Wiring wiring) {
        List<KeyScope> scopes = key.open().stream()
                .flatMap(attachment -> scopesOf(attachment, wiring).stream())
                .toList();
        return new RingKey(
                RingKey.Kind.SHARED,
                "shared key " + key.name(),
                key.key().publicKey(),
                scopes,
                () -> key.key().privateText());
    }

    /** A connected repository has more names than the forge's word of today. */
    private static List<KeyScope> scopesOf(Attachment attachment, Wiring wiring) {
        return wiring.connections()
                .byRepository(attachment.repository())
                .map(stored -> BuildKeys.scopesOf(stored.connection(), wiring))
                .orElseGet(() -> List.of(KeyScope.of(RemoteUrl.parse(attachment.sshUrl()), true)));
    }
}
