package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code git ls-remote} as data: its arguments, the environment that keeps every foreign setting out, and what its
 * output says. Runs nothing itself, so that a controller and an agent can run the same.
 */
public final class LsRemote {

    private static final Pattern SYMBOLIC_HEAD = Pattern.compile("ref: refs/heads/(\\S+)\\tHEAD");
    private static final Pattern BRANCH = Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64})\\trefs/heads/(\\S+)");

    private LsRemote() {}

    /**
     * @param git name or path of the program
     * @throws IllegalArgumentException when the remote isn't reached over SSH
     */
    public static List<String> arguments(String git, RemoteUrl remote) {
        if (!remote.overSsh()) {
            throw new IllegalArgumentException(
                    "expected an SSH remote such as git@host:owner/name.git, found " + remote);
        }
        return List.of(git, "ls-remote", "--symref", "--", remote.text(), "HEAD", "refs/heads/*");
    }

    /**
     * The variables that git gets, besides those with which the machine finds its programs. Neither configuration files
     * nor prompts take part, and git itself refuses every transport but SSH.
     *
     * @param sshConfig absolute path of an ssh configuration
     * @param directory absolute path of the working directory; it stands for the home directory
     */
    public static Map<String, String> environment(String sshConfig, String directory) {
        Map<String, String> environment = new HashMap<>(SshConfig.gitEnvironment(sshConfig));
        environment.putAll(Map.of(
                "GIT_ALLOW_PROTOCOL",
                "ssh",
                "GIT_CEILING_DIRECTORIES",
                directory,
                "GIT_CONFIG_GLOBAL",
                directory + "/no-configuration",
                "GIT_CONFIG_NOSYSTEM",
                "1",
                "GIT_DIR",
                directory + "/no-repository",
                "GIT_TERMINAL_PROMPT",
                "0",
                "HOME",
                directory,
                "LC_ALL",
                "C"));
        return environment;
    }

    /** Reads the output; lines of another shape say nothing about branches and are passed over. */
    public static Proof.Proven read(String output) {
        Optional<String> defaultBranch = Optional.empty();
        Map<String, CommitId> heads = new HashMap<>();
        for (String line : output.lines().toList()) {
            Matcher symbolicHead = SYMBOLIC_HEAD.matcher(line);
            if (symbolicHead.matches()) {
                defaultBranch = Optional.of(symbolicHead.group(1));
            }
            Matcher branch = BRANCH.matcher(line);
            if (branch.matches()) {
                heads.put(branch.group(2), new CommitId(branch.group(1)));
            }
        }
        return new Proof.Proven(defaultBranch, heads);
    }
}
