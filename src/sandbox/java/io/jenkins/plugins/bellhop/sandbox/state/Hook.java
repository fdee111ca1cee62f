package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;
import java.util.Set;

/** A webhook of a repository. */
public record Hook(long id, HookSettings settings, Instant createdAt, Instant updatedAt) {

    public String url() {
        return settings.url();
    }

    public Set<String> events() {
        return settings.events();
    }

    public boolean active() {
        return settings.active();
    }
}
