package io.jenkins.plugins.bellhop.sandbox.git;

import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.SshPublicKey;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;

/**
 * Lets in whoever holds a key that the forge knows, whatever it opens: like the real forges, it takes the first known
 * key that is offered, and only the command shows whether it was the right one.
 */
final class Doorkeeper implements PublickeyAuthenticator {

    static final AttributeKey<SshPublicKey> KEY = new AttributeKey<>();

    private final ForgeState forge;
    private final List<OfferedKey> offers = new CopyOnWriteArrayList<>();

    Doorkeeper(ForgeState forge) {
        this.forge = forge;
    }

    List<OfferedKey> offers() {
        return List.copyOf(offers);
    }

    @Override
    public boolean authenticate(String user, PublicKey offered, ServerSession session) {
        SshPublicKey key = SshPublicKey.parse(PublicKeyEntry.toString(offered)).orElseThrow();
        boolean known = "git".equals(user) && forge.grants(key).stream().anyMatch(KeyGrant::enabled);
        OfferedKey offer = new OfferedKey(session.getClientAddress().toString(), user, key.fingerprint(), known);
        // A client asks whether a key would do before it signs with it, so each accepted key comes twice.
        if (!offers.contains(offer)) {
            offers.add(offer);
        }
        if (known) {
            session.setAttribute(KEY, key);
        }
        return known;
    }
}
