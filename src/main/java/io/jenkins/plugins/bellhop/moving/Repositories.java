package io.jenkins.plugins.bellhop.moving;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.Optional;

/** What is known of repositories without asking a forge. */
public interface Repositories {

    /**
     * The repository that a remote leads to; empty when no configured forge is there.
     *
     * @throws IllegalArgumentException when the forge is known, and the remote names no repository of it
     */
    Optional<ForgeRepository> at(RemoteUrl remote);

    /** Whether there is a connection to it. */
    boolean isConnected(RemoteUrl remote, ForgeRepository repository);
}
