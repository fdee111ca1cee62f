package io.jenkins.plugins.bellhop.sandbox.git;

import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;

/** What a forge's SSH server says when it doesn't serve a command. */
public interface GitWording {

    /** There is no such repository, or the key may not know that there is; {@code name} is as the client wrote it. */
    String notFound(String name, KeyGrant grant);

    /** The key opened something when its holder logged in, and opens nothing any more. */
    String unknown();

    /** The key's holder can see the repository, but may not do this with it. */
    String denied(SandboxRepository repository, KeyGrant grant);

    /** The deploy key is of this repository, but may not write. */
    String readOnly();

    /** The client asked for a shell. */
    String greeting(KeyGrant grant);

    /** The client asked for anything else. */
    String invalidCommand(String command);

    /** Whether refusals are told as git's own remote errors, and not beside the protocol. */
    default boolean insideTheProtocol() {
        return false;
    }
}
