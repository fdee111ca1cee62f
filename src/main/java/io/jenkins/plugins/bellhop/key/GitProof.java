package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Proves on this machine that a key opens a repository: runs the real {@code git ls-remote} with this key alone, against
 * the trusted host keys alone. Works in any thread; takes as long as the network does, at most {@link #TIME}.
 */
public final class GitProof {

    /** For the whole run. Connecting has its own bound within; a large repository's branches are listed in seconds. */
    public static final Duration TIME = Duration.ofSeconds(30);

    /** Bytes of git's output: some 100,000 branches. */
    public static final int LARGEST_OUTPUT = 8 << 20;

    private final String git;
    private final Function<SshHost, String> knownHosts;
    private final Path temporary;
    private final Duration time;
    private final int largestOutput;

    /**
     * @param git name or path of the program
     * @param hostKeys asked at each proof, since administrators confirm hosts meanwhile
     * @param temporary existing directory in which the key files live for the time of a proof
     */
    public GitProof(String git, Supplier<HostKeys> hostKeys, Path temporary) {
        this(git, hostKeys, temporary, TIME, LARGEST_OUTPUT);
    }

    GitProof(String git, Supplier<HostKeys> hostKeys, Path temporary, Duration time, int largestOutput) {
        this(git, (SshHost host) -> hostKeys.get().fileFor(host), temporary, time, largestOutput);
    }

    private GitProof(
            String git, Function<SshHost, String> knownHosts, Path temporary, Duration time, int largestOutput) {
        this.git = git;
        this.knownHosts = knownHosts;
        this.temporary = temporary;
        this.time = time;
        this.largestOutput = largestOutput;
    }

    /**
     * For another machine than the one that knows the host keys.
     *
     * @param knownHosts a known_hosts file for the host in question
     */
    public static GitProof against(String knownHosts, String git, Path temporary) {
        return new GitProof(git, host -> knownHosts, temporary, TIME, LARGEST_OUTPUT);
    }

    /**
     * @param sshUrl the remote, in one of SSH's spellings
     * @throws IllegalArgumentException when the text is no SSH remote
     * @throws UncheckedIOException when the fault is on our side: git can't be started or the key can't be written
     */
    public Proof prove(String sshUrl, SshKeyPair key) {
        RemoteUrl remote = RemoteUrl.parse(sshUrl);
        Fingerprint offered = key.publicKey().fingerprint();
        try (KeyDirectory directory = KeyDirectory.create(temporary)) {
            return judged(BoundedCommand.run(command(directory, remote, key), time, largestOutput), offered, remote);
        } catch (IOException e) {
            throw new UncheckedIOException("the proof of " + offered + " for " + remote + " failed on this machine", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Proof.NotProven(SshFailure.of(SshFailure.Kind.INTERRUPTED, offered, remote));
        }
    }

    private ProcessBuilder command(KeyDirectory directory, RemoteUrl remote, SshKeyPair key) throws IOException {
        Path identity = directory.write("identity", key.privateText());
        Path trusted = directory.write("known_hosts", knownHosts.apply(SshHost.of(remote)));
        SshConfig configuration = SshConfig.of(identity.toString(), trusted.toString());
        Path file = directory.write("ssh_config", configuration.text());

        ProcessBuilder builder = new ProcessBuilder(LsRemote.arguments(git, remote));
        builder.directory(directory.path().toFile());
        Map<String, String> environment = builder.environment();
        // What a machine needs to find programs; everything else could lead git or ssh elsewhere.
        environment.keySet().removeIf(name -> !name.equalsIgnoreCase("PATH") && !name.equalsIgnoreCase("SystemRoot"));
        environment.putAll(
                LsRemote.environment(file.toString(), directory.path().toString()));
        return builder;
    }

    private static Proof judged(BoundedCommand.Result result, Fingerprint offered, RemoteUrl remote) {
        if (result.stopped()) {
            return new Proof.NotProven(SshFailure.of(SshFailure.Kind.TOOK_TOO_LONG, offered, remote));
        }
        if (result.exitCode() != 0) {
            return new Proof.NotProven(SshFailure.explain(result.errors(), offered, remote));
        }
        if (result.outputCut()) {
            return new Proof.NotProven(SshFailure.of(SshFailure.Kind.ANSWER_TOO_LARGE, offered, remote));
        }
        return LsRemote.read(result.output());
    }
}
