package io.jenkins.plugins.bellhop.forge;

import java.util.Set;

/** A webhook as the forge shows it; its secret is never shown. Event names are the forge's own. */
public record Hook(String id, String url, boolean active, Set<String> events) {
    public Hook {
        events = Set.copyOf(events);
    }
}
