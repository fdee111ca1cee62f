package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.util.Optional;

/** The key was uploaded, but git can't read the repository with it. */
final class NotProven extends Exception {

    private static final long serialVersionUID = 1L;

    private NotProven(String why) {
        super(why);
    }

    /** @param why for people */
    static NotProven because(String why) {
        return new NotProven(why);
    }

    static void unless(KeyProof proof, String sshUrl, SshKeyPair key) throws NotProven {
        Optional<String> failure = proof.failure(sshUrl, key);
        if (failure.isPresent()) {
            throw new NotProven(failure.get());
        }
    }
}
