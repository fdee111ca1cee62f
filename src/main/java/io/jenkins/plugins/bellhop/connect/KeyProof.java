package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.util.Optional;

/** Tries a key where it will be used. */
public interface KeyProof {

    /** Reads the repository's refs with this key alone; answers why that failed, or nothing when it worked. */
    Optional<String> failure(String sshUrl, SshKeyPair key);
}
