package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;

/** Which kind of key is made: Ed25519, or RSA where a server refuses that, as those do that are held to FIPS. */
final class NewKey {

    private NewKey() {}

    /** To take the place of one that the server took. */
    static SshKeyPair like(OpenSshPublicKey former, String comment) {
        return isRsa(former) ? SshKeyPair.rsa3072(comment) : SshKeyPair.ed25519(comment);
    }

    private static boolean isRsa(OpenSshPublicKey key) {
        return key.line().startsWith("ssh-rsa ");
    }

    /** Whether the refusal is the key's, and another kind may do. */
    static boolean mayBeRsaInstead(ForgeFailure failure, OpenSshPublicKey refused) {
        return failure.kind() == Kind.KEY_REFUSED && !isRsa(refused);
    }
}
