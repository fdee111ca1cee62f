package io.jenkins.plugins.bellhop.jenkins.checkout;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.GitSCMExtensionDescriptor;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.credentials.DeployKeyCredentials;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.URIish;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.gitclient.GitClient;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * "Use the connection's keys": git reads a connected repository with its deploy key, also for strangers' builds, which get
 * the key in no other way. The key may only read, and git alone has it, for as long as it fetches.
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
        List<StoredConnection> permitted = Wiring.get().connections().usedIn(run.getParent());
        for (RemoteConfig remote : scm.getParamExpandedRepos(run, listener)) {
            for (URIish uri : remote.getURIs()) {
                addKey(uri, permitted, run, git, listener);
            }
        }
    }

    private static void addKey(
            URIish uri, List<StoredConnection> permitted, Run<?, ?> run, GitClient git, TaskListener listener) {
        String url = uri.toPrivateString();
        for (StoredConnection stored : permitted) {
            if (leadsTo(stored, url)) {
                DeployKeyCredentials key = DeployKeyCredentials.of(stored.connection());
                git.addCredentials(url, key);
                CredentialsProvider.track(run, key);
                listener.getLogger()
                        .println(Messages.ConnectionKeys_Offers(
                                stored.connection().fingerprint(),
                                stored.connection().repository()));
                return;
            }
        }
        // A token may stand in the user's place.
        listener.getLogger().println(Messages.ConnectionKeys_NoConnection(uri.setUser(null)));
    }

    private static boolean leadsTo(StoredConnection stored, String url) {
        try {
            return Wiring.get().leadsToConnection(stored.id(), RemoteUrl.parse(url));
        } catch (IllegalArgumentException e) {
            return false;
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
