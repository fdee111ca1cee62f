/**
 * SSH keys, host keys, and proving that a key opens a repository: key pairs in OpenSSH's own formats, fingerprints as
 * forges show them, the pinned host keys, the client configuration that offers exactly one identity, short-lived key
 * files, which key each repository gets and the script that offers it, and the explanation of what ssh and git complain about.
 *
 * <p>{@code connect}, {@code flow} and {@code jenkins} may call it; of ours it uses {@code event} alone. Nothing here
 * knows Jenkins. Private halves leave only through {@link io.jenkins.plugins.bellhop.key.SshKeyPair#privateText()}. No
 * parameter and no result is ever {@code null}: what may be absent is an {@link java.util.Optional}.
 */
package io.jenkins.plugins.bellhop.key;
