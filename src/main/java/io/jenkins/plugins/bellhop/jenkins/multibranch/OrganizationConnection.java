package io.jenkins.plugins.bellhop.jenkins.multibranch;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.decide.RefFilter;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionForm;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import java.util.Optional;
import jenkins.scm.api.SCMNavigatorOwner;
import jenkins.scm.api.SCMSourceOwner;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What an organisation folder asks for: that its projects are connected, each to the repository that its source reads. The
 * fields' names are a file format.
 */
public final class OrganizationConnection extends AbstractFolderProperty<AbstractFolder<?>> {

    private String credentialsId;
    private String repositories = "";

    @DataBoundConstructor
    public OrganizationConnection(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** Configuration that somebody wrote by hand is checked as the form's is. */
    private Object readResolve() {
        credentialsId = Util.fixNull(credentialsId).trim();
        repositories = Util.fixNull(repositories);
        filter();
        return this;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** Patterns for the repositories' names, without their owner; empty for all. */
    public String getRepositories() {
        return repositories;
    }

    /** @throws IllegalArgumentException saying which pattern is wrong */
    @DataBoundSetter
    public void setRepositories(String repositories) {
        this.repositories = new RefFilter(Util.fixNull(repositories)).text();
    }

    private RefFilter filter() {
        return new RefFilter(repositories);
    }

    /** What a folder asks for; empty for other items. */
    public static Optional<OrganizationConnection> of(Object folder) {
        return folder instanceof SCMNavigatorOwner && folder instanceof AbstractFolder<?> organization
                ? Optional.ofNullable(organization.getProperties().get(OrganizationConnection.class))
                : Optional.empty();
    }

    /** What its folder asks for a project; empty when it asks for nothing. */
    public static Optional<Wish> wishOf(SCMSourceOwner project) {
        return of(project.getParent())
                .flatMap(asking -> remoteOf(project)
                        .filter(asking::isMeant)
                        .map(remote -> new ProjectOfOrganization(remote, asking.credentialsId)));
    }

    /**
     * Whether its folder asks for the item's repository while its source, which there is, doesn't tell which that is: its plugin
     * may be switched off for a while.
     */
    public static boolean isUntold(Item item) {
        return item instanceof SCMSourceOwner project
                && of(project.getParent()).isPresent()
                && !project.getSCMSources().isEmpty()
                && remoteOf(project).isEmpty();
    }

    /** Why its folder doesn't ask for this project, in a sentence; empty when it does. */
    public Optional<String> whyNot(SCMSourceOwner project) {
        Optional<RemoteUrl> remote = remoteOf(project);
        if (remote.isEmpty()) {
            return Optional.of(Messages.OrganizationConnection_NoRepository());
        }
        return remote.filter(this::isMeant).isPresent()
                ? Optional.empty()
                : Optional.of(Messages.OrganizationConnection_LeftOut(nameOf(remote.get())));
    }

    private boolean isMeant(RemoteUrl remote) {
        return filter().allows(nameOf(remote));
    }

    private static String nameOf(RemoteUrl remote) {
        return remote.path().substring(remote.path().lastIndexOf('/') + 1);
    }

    /** A scan gives a project one source; were there more, the first one counts. */
    private static Optional<RemoteUrl> remoteOf(SCMSourceOwner project) {
        return project.getSCMSources().stream()
                .flatMap(source -> SourceRemote.of(source).stream())
                .findFirst();
    }

    /** One project's share. It comes and goes with the folder's configuration and the project's source. */
    private record ProjectOfOrganization(RemoteUrl remote, String credentialsId) implements Wish {

        @Override
        public String getRepositoryUrl() {
            return remote.text();
        }

        @Override
        public String getCredentialsId() {
            return credentialsId;
        }
    }

    /** The form's side. */
    @OptionalExtension(requirePlugins = ProjectConnection.PLUGIN)
    @Symbol("bellhopOrganization")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @Override
        @SuppressWarnings("rawtypes") // The folder plugin's own signature.
        public boolean isApplicable(Class<? extends AbstractFolder> containerType) {
            return SCMNavigatorOwner.class.isAssignableFrom(containerType);
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.OrganizationConnection_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckRepositories(@AncestorInPath Item item, @QueryParameter String value) {
            if (!Wiring.mayConfigure(item)) {
                return FormValidation.ok();
            }
            try {
                new RefFilter(Util.fixNull(value));
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** Tried with one of the repositories, once the folder has been scanned. */
        @RequirePOST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return ConnectionForm.credential(item, someRepository(item), value);
        }

        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return ConnectionForm.credentials(item, someRepository(item), credentialsId);
        }

        /** Empty for those who may not configure the folder, and before its first scan. */
        private static String someRepository(Item item) {
            if (!(item instanceof SCMNavigatorOwner organization) || !Wiring.mayConfigure(item)) {
                return "";
            }
            return Wiring.get().jobs().in(organization).stream()
                    .flatMap(project -> project instanceof SCMSourceOwner owner
                            ? remoteOf(owner).stream()
                            : Optional.<RemoteUrl>empty().stream())
                    .findFirst()
                    .map(RemoteUrl::text)
                    .orElse("");
        }
    }
}
