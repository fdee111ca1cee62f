package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.SshFailure;
import io.jenkins.plugins.bellhop.key.SshHost;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Tries a key where it will be used. */
public interface KeyProof {

    /** Reads the repository's refs with this key alone; answers why that failed, or nothing when it worked. */
    Optional<String> failure(String sshUrl, SshKeyPair key);

    /** The SSH server there when no key of its own is trusted, so that no key of ours can be tried. Asks nobody. */
    default Optional<SshHost> untrustedHost(String sshUrl) {
        return Optional.empty();
    }

    /** The same, and whether the answer says something of the key: an unreachable host says nothing of it. */
    default Answer answer(String sshUrl, SshKeyPair key) {
        return new Answer(failure(sshUrl, key), true);
    }

    /**
     * What came of a trial.
     *
     * @param failure why git couldn't read the repository; empty when it could
     * @param isOfTheKey false when the same key may well work in some minutes
     */
    record Answer(Optional<String> failure, boolean isOfTheKey) {}

    /**
     * @param git answers why it couldn't read the repository, or nothing when it could
     * @param hostKeys asked at each proof
     */
    static KeyProof by(BiFunction<String, SshKeyPair, Optional<SshFailure>> git, Supplier<HostKeys> hostKeys) {
        return new KeyProof() {
            @Override
            public Optional<SshHost> untrustedHost(String sshUrl) {
                SshHost host = SshHost.of(RemoteUrl.parse(sshUrl));
                return hostKeys.get().trustedFor(host).isEmpty() ? Optional.of(host) : Optional.empty();
            }

            @Override
            public Optional<String> failure(String sshUrl, SshKeyPair key) {
                return git.apply(sshUrl, key).map(SshFailure::sentence);
            }

            @Override
            public Answer answer(String sshUrl, SshKeyPair key) {
                Optional<SshFailure> failure = git.apply(sshUrl, key);
                return new Answer(
                        failure.map(SshFailure::sentence),
                        failure.map(SshFailure::isOfTheKey).orElse(true));
            }
        };
    }
}
