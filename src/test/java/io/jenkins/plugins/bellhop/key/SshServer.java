package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/**
 * A real OpenSSH server on loopback, run by whoever runs the tests, with a host key and a list of authorised keys of its
 * own. Its log tells every key that was offered.
 */
final class SshServer implements AutoCloseable {

    private static final String USER = System.getProperty("user.name");

    private final KeyDirectory directory;
    private final Process process;
    private final SshHost host;
    private final OpenSshPublicKey hostKey;

    private SshServer(KeyDirectory directory, Process process, SshHost host, OpenSshPublicKey hostKey) {
        this.directory = directory;
        this.process = process;
        this.host = host;
        this.hostKey = hostKey;
    }

    static SshServer start(Path temporary) throws IOException {
        Path sshd = RequiredPrograms.find("sshd");
        if (USER.equals("root")) {
            // Where a privileged sshd locks its unprivileged part in; otherwise made when the service starts.
            Files.createDirectories(Path.of("/run/sshd"));
        }
        KeyDirectory directory = KeyDirectory.create(temporary);
        SshKeyPair hostKey = SshKeyPair.ed25519("host");
        SshHost host = new SshHost("127.0.0.1", freePort());
        Path config = directory.write(
                "sshd_config", config(host, directory.write("host_key", hostKey.privateText()), directory));
        directory.write("authorized_keys", "");
        Process process = new ProcessBuilder(sshd.toString(), "-f", config.toString(), "-D", "-e")
                .redirectErrorStream(true)
                .redirectOutput(directory.write("log", "").toFile())
                .start();
        SshServer server = new SshServer(directory, process, host, hostKey.publicKey());
        try {
            Awaitility.await().pollInterval(Duration.ofMillis(20)).until(server::isListening);
            return server;
        } catch (RuntimeException | AssertionError e) {
            server.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String config(SshHost host, Path hostKey, KeyDirectory directory) {
        return String.join(
                "\n",
                "ListenAddress " + host.name(),
                "Port " + host.port(),
                "HostKey " + hostKey,
                "AuthorizedKeysFile " + directory.path().resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "UseDNS no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "PermitUserRC no",
                "PrintMotd no",
                "MaxAuthTries 3",
                "LogLevel DEBUG1",
                "");
    }

    private boolean isListening() throws IOException {
        Assertions.assertThat(process.isAlive())
                .as("sshd, which said: %s", log())
                .isTrue();
        return log().contains("Server listening on " + host.name());
    }

    /** Lets these keys in, each to run nothing but its command; nobody else. */
    void authorize(Entry... entries) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            String command = entry.command().replace("\"", "\\\"");
            lines.append("restrict,command=\"")
                    .append(command)
                    .append("\" ")
                    .append(entry.key().line())
                    .append('\n');
        }
        Files.writeString(directory.path().resolve("authorized_keys"), lines);
    }

    record Entry(OpenSshPublicKey key, String command) {}

    SshHost host() {
        return host;
    }

    OpenSshPublicKey hostKey() {
        return hostKey;
    }

    /** What a client must know to trust this server. */
    HostKeys trust() {
        return HostKeys.pinned().confirmed(host, List.of(hostKey));
    }

    String url(String path) {
        return "ssh://" + USER + "@" + host.name() + ":" + host.port() + "/" + path;
    }

    String log() throws IOException {
        return Files.readString(directory.path().resolve("log"));
    }

    /** Forgets what was logged so far: sshd appends, so the file may be cut under its hands. */
    void forgetLog() throws IOException {
        Files.writeString(directory.path().resolve("log"), "");
    }

    /** The fingerprints of the keys that clients offered since the log was last forgotten, each once. */
    List<String> offered() throws IOException {
        return log().lines()
                .filter(line -> line.contains("userauth_pubkey: publickey"))
                .map(line -> line.replaceAll(".*(SHA256:[A-Za-z0-9+/]{43}).*", "$1"))
                .distinct()
                .toList();
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        directory.close();
    }
}
