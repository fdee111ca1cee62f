package io.jenkins.plugins.bellhop.sandbox.state;

/** What an account may do in a repository. */
public enum Role {
    NONE,
    READ,
    WRITE,
    ADMIN;

    public boolean atLeast(Role wanted) {
        return compareTo(wanted) >= 0;
    }
}
