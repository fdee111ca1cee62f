package io.jenkins.plugins.bellhop.sandbox.git;

import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/** The SSH server of the forge, on loopback, with a host key made for this run. */
public final class GitServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey;
    private final Doorkeeper doorkeeper;
    private final List<GitAccess> accesses = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    /** Starts to listen; port 0 lets the system choose. */
    public GitServer(ForgeState forge, GitWording wording, int port) throws IOException {
        hostKey = newHostKey();
        doorkeeper = new Doorkeeper(forge);
        server.setHost(LOOPBACK);
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(doorkeeper);
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setCommandFactory((channel, line) -> new GitCommand(line, forge, wording, accesses));
        server.setShellFactory(channel -> new GitCommand("", forge, wording, accesses));
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(Session session) {
                if (down) {
                    session.close(true);
                }
            }
        });
        listen();
    }

    public String host() {
        return LOOPBACK;
    }

    public int port() {
        return server.getPort();
    }

    /** The host key as {@code type base64}. */
    public String hostKey() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    /** The line that a client's {@code known_hosts} needs. */
    public String knownHosts() {
        return "[" + host() + "]:" + port() + " " + hostKey();
    }

    /** While down, connections are closed before a word is said. */
    public void down(boolean value) {
        down = value;
    }

    /** The commands asked for so far. */
    public List<GitAccess> accesses() {
        return List.copyOf(accesses);
    }

    /** The keys offered so far, accepted or not. */
    public List<OfferedKey> offers() {
        return doorkeeper.offers();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** A server that couldn't bind its port has started threads already, and they would keep the process alive. */
    private void listen() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            server.close(true);
            throw e;
        }
    }

    /** By its type name, since the algorithm's own name depends on which library provides it. */
    private static KeyPair newHostKey() throws IOException {
        try {
            return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
