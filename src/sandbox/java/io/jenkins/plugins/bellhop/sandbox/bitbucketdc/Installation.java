package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import java.time.Duration;

/** What differs from one Data Center to the next: its version, and what its administrators chose. */
public final class Installation {

    private volatile boolean old;
    private volatile boolean isoDates;
    private volatile boolean ssh = true;
    private volatile boolean userKeysByToken = true;
    private volatile boolean ed25519 = true;
    private volatile Duration circuitBreak = Duration.ofSeconds(10);

    /** A server from before 6.5: it knows fewer events and no builds below commits. */
    public void old(boolean value) {
        old = value;
    }

    /** Some servers write dates as text instead of milliseconds. */
    public void isoDates(boolean value) {
        isoDates = value;
    }

    /** Without SSH, repositories have no clone link for it. */
    public void ssh(boolean value) {
        ssh = value;
    }

    /** Whether an HTTP access token may change the SSH keys of its owner. */
    public void userKeysByToken(boolean value) {
        userKeysByToken = value;
    }

    /** Whether the administrators let keys of the type Ed25519 in. */
    public void ed25519(boolean value) {
        ed25519 = value;
    }

    /** For how long a hook is skipped at first after too many failures. */
    public void circuitBreak(Duration time) {
        circuitBreak = time;
    }

    boolean old() {
        return old;
    }

    boolean isoDates() {
        return isoDates;
    }

    boolean ssh() {
        return ssh;
    }

    boolean userKeysByToken() {
        return userKeysByToken;
    }

    boolean ed25519() {
        return ed25519;
    }

    Duration circuitBreak() {
        return circuitBreak;
    }

    String version() {
        return old ? "6.4.4" : "9.2.0";
    }
}
