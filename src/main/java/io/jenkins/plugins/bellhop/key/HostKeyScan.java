package io.jenkins.plugins.bellhop.key;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Asks a server which host keys it shows, with {@code ssh-keyscan}. The answer is hearsay until somebody has compared the
 * fingerprints with those that the server's administrator gives.
 */
public final class HostKeyScan {

    /** For the whole run. */
    public static final Duration TIME = Duration.ofSeconds(15);

    /** Bytes of the program's output: some fifty keys. */
    static final int LARGEST_OUTPUT = 64 << 10;

    /** Seconds for each connection; the program makes one for each type at the same time. */
    private static final String PATIENCE = "10";

    private final String program;

    /** @param program name or path of {@code ssh-keyscan} */
    public HostKeyScan(String program) {
        this.program = program;
    }

    /**
     * The keys of every type that Bellhop knows; empty when no SSH server answers there.
     *
     * @throws IOException when the program can't be run on this machine, or its answer can't be read
     */
    public List<OpenSshPublicKey> keysOf(SshHost host) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                program, "-T", PATIENCE, "-t", "ed25519,ecdsa,rsa", "-p", Integer.toString(host.port()), host.name());
        builder.environment()
                .keySet()
                .removeIf(name -> !name.equalsIgnoreCase("PATH") && !name.equalsIgnoreCase("SystemRoot"));
        try {
            BoundedCommand.Result result = BoundedCommand.run(builder, TIME, LARGEST_OUTPUT);
            if (result.outputCut()) {
                throw new IOException("expected at most " + LARGEST_OUTPUT + " bytes within " + TIME.toSeconds()
                        + " seconds, found more, or none in time");
            }
            return KnownHosts.parse(result.output()).trustedFor(host);
        } catch (KeyFormatException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
