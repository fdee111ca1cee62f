package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.connect.Finding.Remedy;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Hook;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes again what is missing at the forge. Only when somebody asks for it: what is gone may be gone on purpose. */
public final class Repair {

    private final Site site;
    private final CustodyStore store;
    private final Rotation rotation;

    public Repair(Site site, CustodyStore store, Rotation rotation) {
        this.site = site;
        this.store = store;
        this.rotation = rotation;
    }

    /**
     * Mends what was found and can be mended; nothing else is touched.
     *
     * @throws ConnectFailure saying what could not be mended
     */
    public void repair(String connectionId, Health found, ForgeApi api) throws ConnectFailure {
        Set<Remedy> remedies = found.findings().stream()
                .filter(finding -> !finding.isAdvice())
                .map(Finding::remedy)
                .collect(Collectors.toSet());
        try {
            if (remedies.contains(Remedy.NEW_HOOK) || remedies.contains(Remedy.SAME_SECRET)) {
                mendHook(connectionId, remedies.contains(Remedy.NEW_HOOK), api);
            }
        } catch (ForgeFailure failure) {
            throw ConnectFailure.of(failure);
        } catch (IOException failure) {
            throw new ConnectFailure("Could not save the connection: " + failure.getMessage() + ".", true, List.of());
        }
        if (remedies.contains(Remedy.NEW_KEY)) {
            rotation.rotate(connectionId, api);
        }
    }

    /**
     * At the same path and with the same secret, so that nothing else has to know of it. One at an address that isn't
     * Jenkins' any more is replaced: two would tell everything twice.
     */
    private void mendHook(String connectionId, boolean anew, ForgeApi api) throws ForgeFailure, IOException {
        Custody custody = store.custody(connectionId)
                .orElseThrow(() -> new IllegalArgumentException("The connection " + connectionId + " is gone"));
        ConnectionSecrets secrets = custody.secrets();
        RepositoryId repository =
                api.repositories().current(custody.connection().repository()).id();
        String url = site.hookUrl(secrets.hookPath()).toString();
        List<Hook> ours =
                api.hooks().list(repository).stream().filter(custody::owns).toList();
        Optional<Hook> there =
                ours.stream().filter(hook -> hook.url().equals(url)).findFirst();
        if (there.isPresent()) {
            api.hooks().changeSecret(repository, there.get(), secrets.webhook());
        } else if (anew) {
            Hook made = api.hooks().register(repository, site.hookUrl(secrets.hookPath()), secrets.webhook());
            for (Hook elsewhere : ours) {
                api.hooks().remove(repository, elsewhere.id());
            }
            store.change(connectionId, before -> before.withHookId(made.id()));
        }
    }
}
