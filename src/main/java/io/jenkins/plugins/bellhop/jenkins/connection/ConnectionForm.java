package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.ManagePage;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import io.jenkins.plugins.bellhop.key.SshHost;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the forms of jobs and of multibranch projects have in common. Who may not configure the item learns nothing. */
public final class ConnectionForm {

    private ConnectionForm() {}

    public static FormValidation repositoryUrl(Item item, String value) {
        if (!Wiring.mayConfigure(item) || Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        try {
            return Wiring.get()
                    .forges()
                    .owning(RepositoryConnection.checked(value))
                    .map(forge -> FormValidation.ok(forge.kind()))
                    .orElseGet(() -> FormValidation.warning(Messages.RepositoryConnection_NoForge()));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** The credentials that may open the repository's forge. */
    public static ListBoxModel credentials(Item item, String repositoryUrl, String chosen) {
        return ApiCredentials.listed(item, forgeOf(repositoryUrl), chosen);
    }

    /** Addresses of repositories that may be meant, while somebody types. */
    public static AutoCompletionCandidates repositories(Item item, String typed, String credentialsId) {
        AutoCompletionCandidates candidates = new AutoCompletionCandidates();
        if (item != null && Wiring.mayConfigure(item)) {
            Wiring.get()
                    .suggestions()
                    .of(new Credentials(Util.fixNull(credentialsId), item.getFullName()), Util.fixNull(typed))
                    .forEach(candidates::add);
        }
        return candidates;
    }

    /**
     * Tries what the credential may read, unless the item is connected with it already. What it may write is told where the
     * forge tells it; otherwise that shows when it connects.
     */
    public static FormValidation credential(Item item, String repositoryUrl, String credentialsId) {
        Optional<Forge> forge = forgeOf(repositoryUrl);
        boolean nothingToTry =
                item == null || !Wiring.mayConfigure(item) || Util.fixEmptyAndTrim(credentialsId) == null;
        if (nothingToTry || forge.isEmpty() || isConnected(item, repositoryUrl, credentialsId)) {
            return FormValidation.ok();
        }
        return ApiCredentials.find(item, credentialsId.trim())
                .map(token -> tried(forge.get(), RepositoryConnection.checked(repositoryUrl), token))
                .orElseGet(() -> FormValidation.error(Messages.RepositoryConnection_NoToken()));
    }

    private static boolean isConnected(Item item, String repositoryUrl, String credentialsId) {
        return Wiring.get()
                .reconciler()
                .isConnected(item.getFullName(), RepositoryConnection.checked(repositoryUrl), credentialsId.trim());
    }

    private static FormValidation tried(Forge forge, RemoteUrl remote, Secret token) {
        RepositoryId repository;
        ForgeApi api;
        try {
            api = forge.api(token);
            repository = api.repositories().read(forge.nameOf(remote)).id();
        } catch (ForgeFailure failure) {
            return FormValidation.error(failure.getMessage());
        }
        try {
            api.repositories().requireConnecting(repository);
            api.deployKeys().list(repository);
            api.hooks().list(repository);
        } catch (ForgeFailure failure) {
            return FormValidation.warning(Messages.RepositoryConnection_ReadsNoMore(repository, failure.getMessage()));
        }
        return FormValidation.ok(Messages.RepositoryConnection_Reads(repository));
    }

    /** Empty while it can't be told; the URL's own field says why. */
    private static Optional<Forge> forgeOf(String repositoryUrl) {
        try {
            RemoteUrl remote = RepositoryConnection.checked(repositoryUrl);
            Optional<Forge> forge = Wiring.get().forges().owning(remote);
            forge.ifPresent(owner -> owner.nameOf(remote));
            return forge;
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Connects now and says how it went; the form is saved separately.
     *
     * @throws org.springframework.security.access.AccessDeniedException unless the current user may configure the item
     */
    public static FormValidation connect(Item item, String repositoryUrl, String credentialsId) {
        item.checkPermission(Item.CONFIGURE);
        Attempt attempt =
                Wiring.get().reconciler().connectNow(item, Util.fixNull(repositoryUrl), Util.fixNull(credentialsId));
        String text = Util.escape(attempt.sentence()) + where(attempt) + steps(attempt);
        return attempt.connected() ? FormValidation.okWithMarkup(text) : FormValidation.errorWithMarkup(text);
    }

    private static String steps(Attempt attempt) {
        return StepRow.of(attempt).stream()
                .map(row -> "<br>" + Util.escape(row.getMark() + " " + row.getText()))
                .collect(Collectors.joining());
    }

    /** Where to go on, for who may: the page asks the server for its fingerprint, and trusts nothing by itself. */
    private static String where(Attempt attempt) {
        return attempt.untrustedHost()
                .filter(host -> Wiring.isAdministrator())
                .map(host -> " <a target=\"_blank\" href=\"" + Util.escape(Wiring.pathTo(pageOf(host))) + "\">"
                        + Util.escape(Messages.RepositoryConnection_TrustHost(host)) + "</a>")
                .orElse("");
    }

    private static String pageOf(SshHost host) {
        return ManagePage.HOST_KEYS.path() + "?host=" + URLEncoder.encode(host.name(), StandardCharsets.UTF_8)
                + "&port=" + host.port();
    }
}
