package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.connect.Progress.Step;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshHost;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Connects repositories and disconnects them. A connect that fails leaves neither key nor hook nor record; the record stays
 * when key or hook could not be removed, so that somebody can try again. Callers take care that one repository is worked on
 * by one thread at a time.
 */
public final class Connector {

    private final Supplier<Site> site;
    private final ConnectionStore store;
    private final KeyProof proof;

    public Connector(Site site, ConnectionStore store, KeyProof proof) {
        this(() -> site, store, proof);
    }

    /** @param site asked when something is connected; disconnecting goes without */
    public Connector(Supplier<Site> site, ConnectionStore store, KeyProof proof) {
        this.site = site;
        this.store = store;
        this.proof = proof;
    }

    /** The same, while nobody watches. */
    public Connection connect(RepositoryName name, ForgeApi api) throws ConnectFailure {
        return connect(name, api, step -> {});
    }

    /**
     * Connects the repository, or answers the connection that it has already, with the names that the forge knows it by
     * today: the event of a rename may have been missed. Either way the credential has to see keys and hooks, as a repository's
     * administrators do: whoever merely reads it must not get a say in its connection.
     *
     * @throws ConnectFailure when a step failed, or the SSH server's host key isn't trusted: then nothing was changed
     */
    public Connection connect(RepositoryName name, ForgeApi api, Progress progress) throws ConnectFailure {
        // Without an address of its own Jenkins asks no forge for anything.
        site.get();
        Undo undo = new Undo();
        try {
            return connected(name, api, progress, undo);
        } catch (ForgeFailure failure) {
            throw new ConnectFailure(failure.getMessage(), failure.mayPass(), undo.run());
        } catch (IOException failure) {
            throw new ConnectFailure("Could not save the connection: " + failure.getMessage() + ".", true, undo.run());
        } catch (NotProven failure) {
            throw new ConnectFailure(failure.getMessage(), false, undo.run());
        } catch (RuntimeException fault) {
            List<String> leftovers = undo.run();
            if (!leftovers.isEmpty()) {
                fault.addSuppressed(new ConnectFailure("Could not undo everything.", true, leftovers));
            }
            throw fault;
        }
    }

    private Connection connected(RepositoryName name, ForgeApi api, Progress progress, Undo undo)
            throws ForgeFailure, IOException, NotProven, ConnectFailure {
        progress.begins(Step.RIGHTS);
        RepositoryFacts facts = api.repositories().read(name);
        Optional<Connection> existing = store.find(facts.id());
        List<DeployKey> keys = api.deployKeys().list(facts.id());
        List<Hook> hooks = api.hooks().list(facts.id());
        if (existing.isPresent() && existing.get().isReady()) {
            return existing.get().renamed(facts.id(), facts.sshUrl()).alsoCalled(name);
        }
        progress.begins(Step.HOST_KEY);
        hostTrusted(facts);
        progress.begins(Step.KEY);
        removeLeftovers(facts.id(), keys, hooks, api);
        if (existing.isPresent()) {
            store.remove(existing.get().id());
        }
        SshKeyPair key = SshKeyPair.ed25519(site.get().keyTitle());
        try {
            return made(name, facts, key, api, progress, undo);
        } catch (ForgeFailure refusal) {
            if (!NewKey.mayBeRsaInstead(refusal, key.publicKey())) {
                throw refusal;
            }
            List<String> leftovers = undo.run();
            if (!leftovers.isEmpty()) {
                throw new ConnectFailure(refusal.getMessage(), refusal.mayPass(), leftovers);
            }
            return made(name, facts, SshKeyPair.rsa3072(site.get().keyTitle()), api, progress, undo);
        }
    }

    /** Known beforehand: a forge tells a repository's owners of every new key, also of one that goes again at once. */
    private void hostTrusted(RepositoryFacts facts) throws ConnectFailure {
        Optional<SshHost> untrusted = proof.untrustedHost(facts.sshUrl());
        if (untrusted.isPresent()) {
            throw ConnectFailure.untrusted(untrusted.get(), facts.id());
        }
    }

    private Connection made(
            RepositoryName name, RepositoryFacts facts, SshKeyPair key, ForgeApi api, Progress progress, Undo undo)
            throws ForgeFailure, IOException, NotProven {
        ConnectionSecrets secrets =
                new ConnectionSecrets(Secret.random().reveal(), Secret.random(), Secret.of(key.privateText()));
        Connection connection = drafted(facts, key, secrets, undo).alsoCalled(name);
        connection = keyUploaded(connection, api, undo);
        progress.begins(Step.PROOF);
        NotProven.unless(proof, connection.sshUrl(), key);
        progress.begins(Step.HOOK);
        connection = hookRegistered(connection, secrets, api, undo);
        store.save(connection, secrets);
        return connection;
    }

    /** Saved before anything is done at the forge: what a crash leaves there is then known here. */
    private Connection drafted(RepositoryFacts facts, SshKeyPair key, ConnectionSecrets secrets, Undo undo)
            throws IOException {
        String id = Connection.idOf(facts.id());
        undo.armRecord("the record of " + facts.id(), () -> store.remove(id));
        Connection draft = new Connection(
                id,
                facts.id(),
                facts.sshUrl(),
                facts.defaultBranch(),
                key.publicKey(),
                Optional.empty(),
                Optional.empty());
        store.save(draft, secrets);
        return draft;
    }

    private Connection keyUploaded(Connection connection, ForgeApi api, Undo undo) throws ForgeFailure {
        RepositoryId repository = connection.repository();
        OpenSshPublicKey key = connection.publicKey();
        undo.arm("the deploy key of " + repository, () -> removeKeys(repository, List.of(key), api));
        DeployKey added = api.deployKeys().addReadOnly(repository, site.get().keyTitle(), key.line());
        return connection.withKeyId(added.id());
    }

    private Connection hookRegistered(Connection connection, ConnectionSecrets secrets, ForgeApi api, Undo undo)
            throws ForgeFailure {
        RepositoryId repository = connection.repository();
        undo.arm(
                "the webhook of " + repository,
                () -> removeHooks(repository, hook -> Site.leadsTo(secrets.hookPath(), hook.url()), api));
        Hook hook = api.hooks().register(repository, site.get().hookUrl(secrets.hookPath()), secrets.webhook());
        return connection.withHookId(hook.id());
    }

    /** After a lost Jenkins home our key and hook are still at the forge: replaced, not doubled. */
    private void removeLeftovers(RepositoryId repository, List<DeployKey> keys, List<Hook> hooks, ForgeApi api)
            throws ForgeFailure {
        Site ours = site.get();
        for (DeployKey key : keys) {
            if (ours.isKeyOfOurs(key.title())) {
                api.deployKeys().remove(repository, key.id());
            }
        }
        for (Hook hook : hooks) {
            if (ours.isHookOfOurs(hook.url())) {
                api.hooks().remove(repository, hook.id());
            }
        }
    }

    /** By the keys themselves: an upload whose answer got lost may have gone through under an id that we don't know. */
    static void removeKeys(RepositoryId repository, Collection<OpenSshPublicKey> gone, ForgeApi api)
            throws ForgeFailure {
        for (DeployKey key : api.deployKeys().list(repository)) {
            if (gone.stream().anyMatch(each -> key.isKeyOf(each.line()))) {
                api.deployKeys().remove(repository, key.id());
            }
        }
    }

    private static void removeHooks(RepositoryId repository, Predicate<Hook> gone, ForgeApi api) throws ForgeFailure {
        for (Hook hook : api.hooks().list(repository)) {
            if (gone.test(hook)) {
                api.hooks().remove(repository, hook.id());
            }
        }
    }

    /**
     * Removes the hook and every key of the connection at the forge, then the record. Works on a half-made connection too. A
     * repository that the forge doesn't find is a failure like any other: the token may merely not see it any more.
     *
     * @throws ConnectFailure when something could not be removed; the record then stays, so that nothing is forgotten
     */
    public void disconnect(Custody custody, ForgeApi api) throws ConnectFailure {
        Connection connection = custody.connection();
        RepositoryId repository = today(connection, api);
        Undo undo = new Undo();
        undo.arm("the deploy key of " + repository, () -> removeKeys(repository, custody.allKeys(), api));
        undo.arm("the webhook of " + repository, () -> removeHooks(repository, custody::owns, api));
        List<String> leftovers = undo.run();
        if (!leftovers.isEmpty()) {
            throw new ConnectFailure("Could not remove everything at the forge.", true, leftovers);
        }
        forget(connection);
    }

    /** Drops the record, whatever is left at the forge: for repositories that no credential reaches any more. */
    public void forget(Connection connection) throws ConnectFailure {
        try {
            store.remove(connection.id());
        } catch (IOException e) {
            throw new ConnectFailure("Could not forget the connection: " + e.getMessage() + ".", true, List.of());
        }
    }

    /** It may have been renamed unheard; another repository that has its old name now must not be mistaken for it. */
    private static RepositoryId today(Connection connection, ForgeApi api) throws ConnectFailure {
        RepositoryId repository = connection.repository();
        try {
            return api.repositories().current(repository).id();
        } catch (ForgeFailure failure) {
            throw new ConnectFailure(
                    failure.getMessage(),
                    failure.mayPass(),
                    List.of("the deploy key of " + repository, "the webhook of " + repository));
        }
    }
}
