package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The keys, hooks and collaborators of a repository: what its administrators see on the settings pages. */
public final class Settings {

    private final ForgeState forge;
    private final SandboxRepository repository;
    private final List<DeployKey> keys = new CopyOnWriteArrayList<>();
    private final List<Hook> hooks = new CopyOnWriteArrayList<>();
    private final Map<String, Role> collaborators = new ConcurrentHashMap<>();

    Settings(ForgeState forge, SandboxRepository repository) {
        this.forge = forge;
        this.repository = repository;
    }

    public List<DeployKey> deployKeys() {
        return List.copyOf(keys);
    }

    public Optional<DeployKey> deployKey(long id) {
        return keys.stream().filter(key -> key.id() == id).findFirst();
    }

    /** Adds a key that was made for it. Whether it may be added is the face's to decide. */
    public DeployKey add(DeployKey key) {
        keys.add(key);
        applyPolicy();
        return deployKey(key.id()).orElseThrow();
    }

    /** Puts a key in the place of the one with the same id. */
    public void change(DeployKey changed) {
        keys.replaceAll(key -> key.id() == changed.id() ? changed : key);
    }

    public boolean removeDeployKey(long id) {
        return keys.removeIf(key -> key.id() == id);
    }

    void removeKeysOf(AccessToken token) {
        keys.removeIf(key -> key.tokenId() == token.id());
    }

    /** Switches the keys on or off as the owner's policy says. */
    void applyPolicy() {
        boolean allowed = !repository.account().deployKeysForbidden();
        keys.replaceAll(key -> key.enabled(allowed));
    }

    void used(DeployKey used) {
        keys.replaceAll(key -> key.id() == used.id() ? key.usedAt(now()) : key);
    }

    public List<Hook> hooks() {
        return List.copyOf(hooks);
    }

    public Optional<Hook> hook(long id) {
        return hooks.stream().filter(hook -> hook.id() == id).findFirst();
    }

    public Hook addHook(HookSettings settings) {
        synchronized (forge) {
            Instant now = now();
            Hook hook = new Hook(forge.nextId(), settings, now, now);
            hooks.add(hook);
            forge.face().hookAdded(repository, hook, repository.actor());
            return hook;
        }
    }

    public Hook changeHook(long id, HookSettings settings) {
        hooks.replaceAll(hook -> hook.id() == id ? new Hook(id, settings, hook.createdAt(), now()) : hook);
        return hook(id).orElseThrow();
    }

    public boolean removeHook(long id) {
        return hooks.removeIf(hook -> hook.id() == id);
    }

    public boolean hasCollaborator(String login) {
        return collaborators.containsKey(login.toLowerCase(Locale.ROOT));
    }

    void grant(String login, Role role) {
        collaborators.put(login.toLowerCase(Locale.ROOT), role);
    }

    /** What was granted here, without what an organisation gives. */
    Role roleOf(String login) {
        return collaborators.getOrDefault(login.toLowerCase(Locale.ROOT), Role.NONE);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
