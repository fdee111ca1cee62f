package io.jenkins.plugins.bellhop.jenkins.checkout;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.GitSCMExtensionDescriptor;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.credentials.BuildKeys;
import io.jenkins.plugins.bellhop.jenkins.credentials.DeployKeyCredentials;
import io.jenkins.plugins.bellhop.key.KeyChoice;
import io.jenkins.plugins.bellhop.key.KeyRing;
import io.jenkins.plugins.bellhop.key.KeyRoute;
import io.jenkins.plugins.bellhop.key.KeyScope;
import io.jenkins.plugins.bellhop.key.RingKey;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.URIish;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.gitclient.GitClient;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * "Use the connection's keys": git reads each repository with its one key, submodules too. Strangers' builds get deploy keys
 * in this way alone: such a key may only read, and git alone has it, for as long as it fetches.
 */
public final class ConnectionKeys extends GitSCMExtension {

    @DataBoundConstructor
    public ConnectionKeys() {
        // Stapler makes one from the form; there is nothing to set.
    }

    /** Comes after the SCM's own credentials, which it replaces for the connection's URLs. */
    @Override
    public void beforeCheckout(GitSCM scm, Run<?, ?> run, GitClient git, TaskListener listener)
            throws IOException, InterruptedException {
        KeyRing ring = BuildKeys.forCheckout(run, listener);
        for (RemoteConfig remote : scm.getParamExpandedRepos(run, listener)) {
            for (URIish uri : remote.getURIs()) {
                addKey(uri, ring, run, git, listener);
            }
        }
        SubmoduleOption submodules = scm.getExtensions().get(SubmoduleOption.class);
        if (submodules != null && !submodules.isDisableSubmodules()) {
            addKeysOfSubmodules(ring, run, git, listener);
        }
    }

    private static void addKey(URIish uri, KeyRing ring, Run<?, ?> run, GitClient git, TaskListener listener)
            throws AbortException {
        String url = uri.toPrivateString();
        Optional<KeyScope> repository = repositoryOf(url, run);
        Optional<KeyChoice> choice = repository.map(ring::choose);
        if (choice.orElse(null) instanceof KeyChoice.Torn torn) {
            throw new AbortException(torn.sentence());
        }
        if (choice.orElse(null) instanceof KeyChoice.Chosen chosen) {
            git.addCredentials(url, new RingKeyCredentials(chosen.key()));
            note(run, repository.get(), chosen.key());
            listener.getLogger().println(Messages.ConnectionKeys_Offers(chosen.key(), repository.get()));
            return;
        }
        // A token may stand in the user's place.
        listener.getLogger().println(Messages.ConnectionKeys_NoConnection(uri.setUser(null)));
    }

    /** The git plugin finds a submodule's key by the very text of its URL, so each gets every usual spelling. */
    private static void addKeysOfSubmodules(KeyRing ring, Run<?, ?> run, GitClient git, TaskListener listener) {
        for (KeyRoute route : ring.routes()) {
            route.choice()
                    .match(
                            chosen -> {
                                RingKeyCredentials key = new RingKeyCredentials(chosen.key());
                                route.spellings().forEach(url -> git.addCredentials(url, key));
                                if (!route.spellings().isEmpty()) {
                                    note(run, route.target(), chosen.key());
                                }
                                return true;
                            },
                            torn -> {
                                listener.getLogger().println(torn.sentence());
                                return false;
                            },
                            none -> false);
        }
    }

    private static void note(Run<?, ?> run, KeyScope repository, RingKey key) {
        OfferedKeys.note(run, repository, key);
        Wiring.get().connections().usedIn(run.getParent()).stream()
                .filter(stored -> stored.connection().publicKey().equals(key.publicKey()))
                .forEach(stored -> CredentialsProvider.track(run, DeployKeyCredentials.of(stored.connection())));
    }

    /** A connection knows its repository under other names, too. */
    private static Optional<KeyScope> repositoryOf(String url, Run<?, ?> run) {
        try {
            RemoteUrl remote = RemoteUrl.parse(url);
            if (!remote.overSsh()) {
                // Git asks for a token there, and would get none beside a key.
                return Optional.empty();
            }
            Optional<KeyScope> connected = Wiring.get().connections().usedIn(run.getParent()).stream()
                    .filter(stored -> Wiring.get().leadsToConnection(stored.id(), remote))
                    .map(stored -> BuildKeys.scopeOf(stored.connection()))
                    .findFirst();
            return connected.isPresent() ? connected : Optional.of(KeyScope.of(remote, false));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionKeys;
    }

    @Override
    public int hashCode() {
        return ConnectionKeys.class.hashCode();
    }

    /** The form's side. */
    @Extension
    @Symbol("connectionKeys")
    public static final class DescriptorImpl extends GitSCMExtensionDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.ConnectionKeys_DisplayName();
        }
    }
}
