package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.forge.Forge;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The forges that Jenkins is configured to work with. */
public final class Forges {

    private final Supplier<List<Forge>> configured;

    public Forges(Supplier<List<Forge>> configured) {
        this.configured = configured;
    }

    public List<Forge> all() {
        return configured.get();
    }

    public Optional<Forge> owning(RemoteUrl remote) {
        return configured.get().stream().filter(forge -> forge.owns(remote)).findFirst();
    }

    public Optional<Forge> of(String host) {
        return configured.get().stream()
                .filter(forge -> forge.host().equals(host))
                .findFirst();
    }
}
