package io.jenkins.plugins.bellhop.jenkins.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import jenkins.scm.api.SCMNavigatorOwner;
import jenkins.scm.api.SCMSourceOwner;

/** Gives every multibranch project that is connected, or asks to be, its page, and so organisation folders that ask. */
@Extension
public final class ProjectPages extends TransientActionFactory<SCMSourceOwner> {

    @Override
    public Class<SCMSourceOwner> type() {
        return SCMSourceOwner.class;
    }

    @Override
    @NonNull
    public Collection<? extends Action> createFor(@NonNull SCMSourceOwner owner) {
        if (owner instanceof SCMNavigatorOwner organization) {
            return Wiring.isActive(ProjectConnection.PLUGIN)
                            && OrganizationConnection.of(organization).isPresent()
                    ? List.of(new OrganizationPage(organization))
                    : List.of();
        }
        boolean concerned = Wish.of(owner).isPresent()
                || !Wiring.get().connections().ofItem(owner.getFullName()).isEmpty();
        return concerned ? List.of(new ProjectPage(owner)) : List.of();
    }
}
