package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.flow.AuditTrail;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes down what becomes of connections, on whoever's word, whichever part of Bellhop does it. */
public final class AuditedChanges implements ConnectionFiles.Changes {

    private final AuditTrail trail;

    public AuditedChanges(AuditTrail trail) {
        this.trail = trail;
    }

    /** What a repository is called in the trail. */
    public static String named(RepositoryId repository) {
        return repository.host() + "/" + repository.name();
    }

    @Override
    public void changed(Optional<StoredConnection> before, Optional<StoredConnection> after) {
        if (after.isEmpty()) {
            // What an attempt in vain leaves was never put in place.
            before.filter(gone -> gone.connection().isReady()).ifPresent(this::removed);
            return;
        }
        StoredConnection now = after.get();
        if (now.connection().isReady()) {
            Optional<StoredConnection> ready =
                    before.filter(stored -> stored.connection().isReady());
            if (ready.isEmpty()) {
                add(Kind.MADE, now, "", fingerprint(now));
            } else {
                keyChanged(ready.get(), now);
            }
        }
        itemsChanged(before.map(StoredConnection::items).orElse(Set.of()), now);
    }

    /** Its last items leave with it. */
    private void removed(StoredConnection gone) {
        new TreeSet<>(gone.items()).forEach(item -> add(Kind.DISCONNECTED, gone, item, ""));
        add(Kind.REMOVED, gone, "", fingerprint(gone));
    }

    private void keyChanged(StoredConnection before, StoredConnection now) {
        Connection then = before.connection();
        if (!then.publicKey().equals(now.connection().publicKey())) {
            add(Kind.KEY_CHANGED, now, "", fingerprint(before) + " → " + fingerprint(now));
        }
        if (now.isRevoked() && !before.isRevoked()) {
            add(Kind.KEY_REVOKED, now, "", fingerprint(now));
        }
        if (!then.hookId().equals(now.connection().hookId())) {
            add(
                    Kind.HOOK_CHANGED,
                    now,
                    "",
                    then.hookId().orElse("") + " → " + now.connection().hookId().orElse(""));
        }
    }

    /** Only a new name makes items come and go in one step. */
    private void itemsChanged(Set<String> before, StoredConnection now) {
        Set<String> come = without(now.items(), before);
        Set<String> gone = without(before, now.items());
        if (!come.isEmpty() && !gone.isEmpty()) {
            add(Kind.RENAMED, now, String.join(", ", come), String.join(", ", gone) + " → " + String.join(", ", come));
            return;
        }
        come.forEach(item -> add(Kind.CONNECTED, now, item, fingerprint(now)));
        gone.forEach(item -> add(Kind.DISCONNECTED, now, item, ""));
    }

    private static Set<String> without(Set<String> names, Set<String> left) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(left);
        return rest;
    }

    private static String fingerprint(StoredConnection stored) {
        return stored.connection().fingerprint().toString();
    }

    private void add(Kind kind, StoredConnection stored, String item, String detail) {
        trail.add(kind, Asker.name(), named(stored.connection().repository()), item, detail);
    }
}
