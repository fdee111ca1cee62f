package io.jenkins.plugins.bellhop.jenkins.health;

import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.connect.KeyAdvice;
import io.jenkins.plugins.bellhop.connect.WideKey;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.SharedKeyFiles;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.UserKeyFiles;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Advice about the users' and shared keys that builds of a connection get. */
public final class WideKeyAdvice {

    private final ConnectionFiles connections;
    private final UserKeyFiles userKeys;
    private final SharedKeyFiles sharedKeys;
    private final Supplier<KeyAdvice> advice;

    public WideKeyAdvice(
            ConnectionFiles connections, UserKeyFiles userKeys, SharedKeyFiles sharedKeys, Supplier<KeyAdvice> advice) {
        this.connections = connections;
        this.userKeys = userKeys;
        this.sharedKeys = sharedKeys;
        this.advice = advice;
    }

    List<Finding> on(StoredConnection stored, Health found) {
        List<RepositoryId> connected = connections.all().stream()
                .map(each -> each.connection().repository())
                .toList();
        List<WideKey> keys = Stream.concat(
                        userKeys.all().stream().map(key -> WideKey.of(key.key(), connected)),
                        sharedKeys.all().stream().map(key -> WideKey.of(key.key())))
                .toList();
        return advice.get().on(stored.connection().repository(), found, keys);
    }
}
