package io.jenkins.plugins.bellhop.forge;

import java.util.Optional;
import java.util.Set;

/**
 * A webhook as the forge shows it; its secret is never shown. Event names are the forge's own.
 *
 * @param hasSecret whether deliveries are signed, where the forge tells
 */
public record Hook(String id, String url, boolean active, Set<String> events, Optional<Boolean> hasSecret) {
    public Hook {
        events = Set.copyOf(events);
    }

    /** Of a forge that doesn't tell whether deliveries are signed. */
    public Hook(String id, String url, boolean active, Set<String> events) {
        this(id, url, active, events, Optional.empty());
    }
}
