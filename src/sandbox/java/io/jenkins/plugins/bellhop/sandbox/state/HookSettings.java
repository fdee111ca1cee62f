package io.jenkins.plugins.bellhop.sandbox.state;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an administrator chooses for a webhook; the name may be empty. */
public record HookSettings(
        String name,
        String url,
        String contentType,
        boolean insecureSsl,
        boolean active,
        Set<String> events,
        Optional<String> secret) {

    public HookSettings {
        events = Collections.unmodifiableSet(new LinkedHashSet<>(events));
    }

    /** An active hook that sends JSON. */
    public static HookSettings json(String url, String secret, String... events) {
        return new HookSettings(
                "", url, "json", false, true, new LinkedHashSet<>(List.of(events)), Optional.of(secret));
    }

    public HookSettings active(boolean value) {
        return new HookSettings(name, url, contentType, insecureSsl, value, events, secret);
    }

    public HookSettings events(Set<String> value) {
        return new HookSettings(name, url, contentType, insecureSsl, active, value, secret);
    }

    /** Without the secret: settings end up in assertion messages. */
    @Override
    public String toString() {
        return "HookSettings[url=" + url + ", contentType=" + contentType + ", active=" + active + ", events=" + events
                + ", secret " + (secret.isPresent() ? "set" : "not set") + "]";
    }
}
