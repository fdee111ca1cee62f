package io.jenkins.plugins.bellhop.jenkins.checkout;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.gitclient.verifier.AbstractCliGitHostKeyVerifier;
import org.jenkinsci.plugins.gitclient.verifier.AbstractJGitHostKeyVerifier;
import org.jenkinsci.plugins.gitclient.verifier.HostKeyVerifierFactory;

/** Carries the known hosts to wherever git runs, and says how ssh is to use them. */
public final class HostKeyVerifier extends HostKeyVerifierFactory {

    private static final long serialVersionUID = 1L;

    private final String knownHosts;

    HostKeyVerifier(String knownHosts) {
        this.knownHosts = knownHosts;
    }

    @Override
    public AbstractCliGitHostKeyVerifier forCliGit(TaskListener listener) {
        String ours = knownHosts;
        return file -> {
            Files.writeString(file, ours, StandardCharsets.UTF_8);
            return SshOptions.knownHosts(file);
        };
    }

    /** JGit takes one file, and asks for it where it runs, again and again. */
    @Override
    @NonNull
    public File getKnownHostsFile() {
        try {
            Path users = JGIT_USERS_FILE.toPath();
            String theirs = Files.isReadable(users) ? Files.readString(users, StandardCharsets.UTF_8) : "";
            return KnownHostsFiles.holding(knownHosts + theirs).toFile();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the known hosts for JGit", e);
        }
    }

    private static final File JGIT_USERS_FILE =
            org.jenkinsci.plugins.gitclient.verifier.SshHostKeyVerificationStrategy.JGIT_KNOWN_HOSTS_FILE;

    @Override
    public AbstractJGitHostKeyVerifier forJGit(TaskListener listener) {
        return new StrictJGitVerifier(listener, this);
    }
}
