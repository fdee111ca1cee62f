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

    /** Whether the job's configuration, as it was last saved, holds a repository connection. */
    boolean isConnectedOnDisk(String fullName);

    /** The API token of a credential, looked up where the item is, or was. */
    Optional<Secret> token(StoredConnection.Credentials credentials);
}
