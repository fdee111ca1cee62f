package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;

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

    public static ListBoxModel credentials(Item item, String chosen) {
        return ApiCredentials.listed(item, chosen);
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
        return attempt.connected() ? FormValidation.ok(attempt.sentence()) : FormValidation.error(attempt.sentence());
    }
}
