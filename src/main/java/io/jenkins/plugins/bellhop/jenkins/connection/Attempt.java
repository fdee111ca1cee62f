package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.util.Optional;

/**
 * How connecting a job went.
 *
 * @param sentence what the form and the job's page show
 * @param untrustedHost the SSH server whose host key has to be trusted first, when that is what it takes
 */
public record Attempt(boolean connected, boolean mayPass, String sentence, Optional<SshHost> untrustedHost) {

    Attempt(boolean connected, boolean mayPass, String sentence) {
        this(connected, mayPass, sentence, Optional.empty());
    }

    /** The same, of values that nobody has saved. */
    Attempt unsaved() {
        return new Attempt(connected, mayPass, sentence + " " + Messages.RepositoryConnection_Unsaved(), untrustedHost);
    }
}
