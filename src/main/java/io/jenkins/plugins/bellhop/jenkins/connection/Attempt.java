package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.bellhop.connect.Progress.Step;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.util.List;
import java.util.Optional;

/**
 * How connecting a job went.
 *
 * @param sentence what the form and the job's page show
 * @param untrustedHost the SSH server whose host key has to be trusted first, when that is what it takes
 * @param steps those that began; in a failed attempt the last one failed
 */
public record Attempt(
        boolean connected, boolean mayPass, String sentence, Optional<SshHost> untrustedHost, List<Step> steps) {

    public Attempt {
        steps = List.copyOf(steps);
    }

    Attempt(boolean connected, boolean mayPass, String sentence) {
        this(connected, mayPass, sentence, Optional.empty(), List.of());
    }

    Attempt becauseOf(Optional<SshHost> host) {
        return new Attempt(connected, mayPass, sentence, host, steps);
    }

    Attempt after(List<Step> begun) {
        return new Attempt(connected, mayPass, sentence, untrustedHost, begun);
    }

    /** The same, of values that nobody has saved. */
    Attempt unsaved(Item item) {
        String save = item instanceof Job
                ? Messages.RepositoryConnection_Unsaved()
                : Messages.RepositoryConnection_UnsavedProject();
        String more = sentence + " " + save;
        return new Attempt(connected, mayPass, more, untrustedHost, steps);
    }
}
