package io.jenkins.plugins.bellhop.sandbox.github;

import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URI;

/** Where the forge is reached. */
public record Addresses(URI web, String sshHost, int sshPort) {

    static final String API_PATH = "/api/v3";

    public URI api() {
        return web.resolve(API_PATH);
    }

    String host() {
        return web.getAuthority();
    }

    String page(SandboxRepository repository) {
        return web + "/" + repository.fullName();
    }

    String rest(SandboxRepository repository) {
        return api() + "/repos/" + repository.fullName();
    }

    /** The address that survives renames; the one in redirects and page links. */
    String permanent(SandboxRepository repository) {
        return api() + "/repositories/" + repository.id();
    }

    public String ssh(SandboxRepository repository) {
        return "ssh://git@" + sshHost + ":" + sshPort + "/" + repository.fullName() + ".git";
    }
}
