package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.delivery.Secret;
import java.util.List;
import java.util.Optional;

/** Jenkins' jobs and multibranch projects, by name; what the reconciler needs of them. */
public interface Jobs {

    Optional<Item> find(String fullName);

    List<Item> all();

    /** What lies directly in it; nothing in what is no folder. */
    List<Item> in(Item folder);

    /** Whether it is there, though Jenkins may have failed to load it. */
    boolean isOnDisk(String fullName);

    /**
     * Whether something that was saved asks for a connection of the item, though nobody can read what: the configuration of the
     * item or its organisation folder holds it, or the project's source doesn't tell its repository now.
     */
    boolean isConnectedOnDisk(String fullName);

    /** The API token of a credential, looked up where the item is, or was. */
    Optional<Secret> token(StoredConnection.Credentials credentials);
}
