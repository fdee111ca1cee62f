package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import java.util.Optional;
import jenkins.scm.api.SCMNavigatorOwner;
import jenkins.scm.api.SCMSourceOwner;

/**
 * What an item asks for: the repository that it is to be connected to, and the credential that may do it. It gives nothing
 * by itself.
 */
public interface Wish {

    String getRepositoryUrl();

    String getCredentialsId();

    RemoteUrl remote();

    /** What a job or a multibranch project asks for; empty when it asks for nothing. */
    static Optional<Wish> of(Item item) {
        if (item instanceof Job<?, ?> job) {
            return Optional.ofNullable(RepositoryConnection.of(job));
        }
        return item instanceof SCMSourceOwner project
                        && !(item instanceof SCMNavigatorOwner)
                        && Wiring.isActive(ProjectConnection.PLUGIN)
                ? ProjectConnection.wishOf(item).or(() -> OrganizationConnection.wishOf(project))
                : Optional.empty();
    }

    /**
     * Whose configuration the wish stands in: whoever may configure that may have it carried out. Jenkins lets nobody configure
     * a project that an organisation folder made.
     */
    static Item askedBy(Item item) {
        return item.getParent() instanceof SCMNavigatorOwner organization ? organization : item;
    }
}
