package io.jenkins.plugins.bellhop.sandbox.git;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line of a git client: {@code git-upload-pack '/owner/name.git'}. */
record GitRequest(String command, String repository) {

    private static final String WRITE = "git-receive-pack";

    private static final Pattern LINE = Pattern.compile("git[- ](upload-pack|receive-pack) '?/*([^']+?)/*'?");

    static Optional<GitRequest> parse(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String path = matcher.group(2);
        String name = path.endsWith(".git") ? path.substring(0, path.length() - ".git".length()) : path;
        return Optional.of(new GitRequest("git-" + matcher.group(1), name));
    }

    boolean writes() {
        return command.equals(WRITE);
    }
}
