package io.jenkins.plugins.bellhop.jenkins.checkout;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;
import io.jenkins.plugins.bellhop.key.RingKey;
import java.util.List;

/** A chosen key in the shape in which the git client takes keys. Made for one checkout, and stored nowhere. */
final class RingKeyCredentials extends BaseStandardCredentials implements SSHUserPrivateKey {

    private static final long serialVersionUID = 1L;

    private final transient RingKey key;

    RingKeyCredentials(RingKey key) {
        super(CredentialsScope.GLOBAL, "bellhop-" + key.fingerprint(), key.toString());
        this.key = key;
    }

    /** The one of every forge; a URL's own goes first. */
    @Override
    @NonNull
    public String getUsername() {
        return "git";
    }

    @Override
    public boolean isUsernameSecret() {
        return false;
    }

    /** It was decrypted where it is kept. */
    @Override
    public Secret getPassphrase() {
        return null;
    }

    @Override
    @NonNull
    public List<String> getPrivateKeys() {
        return List.of(key.privateText().get());
    }
}
