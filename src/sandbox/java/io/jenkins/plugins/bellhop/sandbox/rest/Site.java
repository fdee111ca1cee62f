package io.jenkins.plugins.bellhop.sandbox.rest;

import java.net.URI;

/** Where a forge is reached. */
public record Site(URI web, String apiPath, String sshHost, int sshPort) {

    public URI api() {
        return web.resolve(apiPath);
    }

    public String host() {
        return web.getAuthority();
    }

    /** The address of a repository for git over SSH. */
    public String ssh(String path) {
        return "ssh://git@" + sshHost + ":" + sshPort + "/" + path + ".git";
    }
}
