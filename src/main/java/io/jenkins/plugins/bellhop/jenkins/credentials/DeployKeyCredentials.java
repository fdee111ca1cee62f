package io.jenkins.plugins.bellhop.jenkins.credentials;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.AuditedChanges;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.util.List;

/**
 * A connection's deploy key. Holds no key: the private half is fetched when it is asked for, and a build of strangers' code
 * gets a credential of the same id that has none.
 */
public final class DeployKeyCredentials extends BaseStandardCredentials implements SSHUserPrivateKey {

    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "bellhop-";

    private final String connectionId;
    private final boolean withheld;

    private DeployKeyCredentials(String connectionId, String description, boolean withheld) {
        super(CredentialsScope.GLOBAL, PREFIX + connectionId, description);
        this.connectionId = connectionId;
        this.withheld = withheld;
    }

    public static DeployKeyCredentials of(Connection connection) {
        return new DeployKeyCredentials(
                connection.id(),
                Messages.DeployKeyCredentials_Description(
                        connection.repository().name(), connection.fingerprint()),
                false);
    }

    /**
     * What a run may have of it. Another type than this one would make the credentials plugin hand out the key itself, so a
     * withheld key is this type without keys.
     */
    @Override
    @NonNull
    public Credentials forRun(Run<?, ?> run) {
        if (StrangersCode.mayRunIn(run) && !RepositoryConnection.handsKeysToForks(run.getParent())) {
            return new DeployKeyCredentials(connectionId, Messages.DeployKeyCredentials_Withheld(), true);
        }
        Wiring.get()
                .connections()
                .byId(connectionId)
                .map(StoredConnection::connection)
                .ifPresent(used -> UsedKeys.note(
                        run,
                        AuditedChanges.named(used.repository()),
                        used.fingerprint().toString()));
        return this;
    }

    /** GitHub and both Bitbuckets know one SSH user. */
    @Override
    @NonNull
    public String getUsername() {
        return "git";
    }

    @Override
    public boolean isUsernameSecret() {
        return false;
    }

    @Override
    public Secret getPassphrase() {
        return null;
    }

    @Override
    @NonNull
    public List<String> getPrivateKeys() {
        return withheld
                ? List.of()
                : Wiring.get().privateKey(connectionId).stream().toList();
    }
}
