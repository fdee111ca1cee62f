package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A repository could not be connected or disconnected. The message says what failed, and what was left behind, if any. */
public final class ConnectFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean mayPass;
    /** Not part of what is serialized. */
    private final transient SshHost untrustedHost;

    private final transient Instant retryAt;

    /** @param mayPass whether the same attempt may go through later without anybody changing anything */
    public ConnectFailure(String sentence, boolean mayPass, List<String> leftovers) {
        this(sentence, mayPass, leftovers, Optional.empty());
    }

    /** @param retryAt when the forge wants to be asked again; empty when it didn't say */
    ConnectFailure(String sentence, boolean mayPass, List<String> leftovers, Optional<Instant> retryAt) {
        super(leftovers.isEmpty() ? sentence : sentence + " Still there: " + String.join("; ", leftovers) + ".");
        this.mayPass = mayPass;
        this.untrustedHost = null;
        this.retryAt = retryAt.orElse(null);
    }

    private ConnectFailure(String sentence, SshHost untrustedHost) {
        super(sentence);
        this.mayPass = false;
        this.untrustedHost = untrustedHost;
        this.retryAt = null;
    }

    /** Nothing was done, since no key could be tried there. */
    static ConnectFailure untrusted(SshHost host, RepositoryId repository) {
        return new ConnectFailure(
                "Git reaches " + repository + " at the SSH server " + host
                        + ", and no host key of that server is trusted"
                        + " yet, so no key was uploaded. Compare the server's fingerprint with the one that its owner"
                        + " publishes, and trust it once under Manage Jenkins, Bellhop, Host keys.",
                host);
    }

    /** The forge can't be asked at all, so that nothing was left behind. */
    public static ConnectFailure of(ForgeFailure failure) {
        return new ConnectFailure(failure.getMessage(), failure.mayPass(), List.of(), failure.retryAt());
    }

    /** The SSH server whose host key somebody has to trust first; empty when that isn't the reason. */
    public Optional<SshHost> untrustedHost() {
        return Optional.ofNullable(untrustedHost);
    }

    /** When it is worth trying again; known when the forge limits its rate. */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }

    public boolean mayPass() {
        return mayPass;
    }
}
