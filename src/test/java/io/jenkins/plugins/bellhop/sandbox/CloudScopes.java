package io.jenkins.plugins.bellhop.sandbox;

/** The scopes that Bellhop asks for on Bitbucket Cloud. */
final class CloudScopes {

    static final String[] ALL = {
        "read:user:bitbucket",
        "read:workspace:bitbucket",
        "read:repository:bitbucket",
        "admin:repository:bitbucket",
        "read:pullrequest:bitbucket",
        "read:webhook:bitbucket",
        "write:webhook:bitbucket",
        "delete:webhook:bitbucket",
        "read:ssh-key:bitbucket",
        "write:ssh-key:bitbucket",
        "delete:ssh-key:bitbucket"
    };

    private CloudScopes() {}
}
