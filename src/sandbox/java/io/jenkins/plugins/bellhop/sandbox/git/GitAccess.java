package io.jenkins.plugins.bellhop.sandbox.git;

/**
 * One git command that a logged-in client asked for.
 *
 * @param fingerprint the key that the client logged in with
 * @param repository the name as the client wrote it, without {@code .git}
 * @param command {@code git-upload-pack} (read) or {@code git-receive-pack} (write)
 * @param served false when the key didn't open the repository that way
 */
public record GitAccess(String fingerprint, String repository, String command, boolean served) {}
