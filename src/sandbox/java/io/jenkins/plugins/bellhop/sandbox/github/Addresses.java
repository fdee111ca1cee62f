package io.jenkins.plugins.bellhop.sandbox.github;

import io.jenkins.plugins.bellhop.sandbox.rest.Site;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URI;

/** What is found where. */
public record Addresses(Site site) {

    public static final String API_PATH = "/api/v3";

    URI api() {
        return site.api();
    }

    URI web() {
        return site.web();
    }

    String host() {
        return site.host();
    }

    String page(SandboxRepository repository) {
        return web() + "/" + repository.fullName();
    }

    String rest(SandboxRepository repository) {
        return api() + "/repos/" + repository.fullName();
    }

    /** The address that survives renames; the one in redirects and page links. */
    String permanent(SandboxRepository repository) {
        return api() + "/repositories/" + repository.id();
    }

    String ssh(SandboxRepository repository) {
        return site.ssh(repository.fullName());
    }
}
