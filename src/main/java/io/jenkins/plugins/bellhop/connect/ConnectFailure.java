package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.util.List;
import java.util.Optional;

/** A repository could not be connected or disconnected. The message says what failed, and what was left behind, if any. */
public final class ConnectFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean mayPass;
    /** Not part of what is serialized. */
    private final transient SshHost untrustedHost;

    /** @param mayPass whether the same attempt may go through later without anybody changing anything */
    public ConnectFailure(String sentence, boolean mayPass, List<String> leftovers) {
        super(leftovers.isEmpty() ? sentence : sentence + " Still there: " + String.join("; ", leftovers) + ".");
        this.mayPass = mayPass;
        this.untrustedHost = null;
    }

    private ConnectFailure(String sentence, SshHost untrustedHost) {
        super(sentence);
        this.mayPass = false;
        this.untrustedHost = untrustedHost;
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
        return new ConnectFailure(failure.getMessage(), failure.mayPass(), List.of());
    }

    /** The SSH server whose host key somebody has to trust first; empty when that isn't the reason. */
    public Optional<SshHost> untrustedHost() {
        return Optional.ofNullable(untrustedHost);
    }

    public boolean mayPass() {
        return mayPass;
    }
}
