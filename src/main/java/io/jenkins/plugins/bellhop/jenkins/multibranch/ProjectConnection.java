package io.jenkins.plugins.bellhop.jenkins.multibranch;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.connection.ConnectionForm;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import java.io.IOException;
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
 * What a multibranch project asks for: the repository that it is connected to. Which branches are built its own sources say.
 * Ask whether {@link #PLUGIN} is there before anything here is touched. The fields' names are a file format.
 */
public final class ProjectConnection extends AbstractFolderProperty<AbstractFolder<?>> implements Wish {

    /** Has the types that this extends. */
    public static final String PLUGIN = "cloudbees-folder";

    private String repositoryUrl;
    private String credentialsId = "";

    /** @throws IllegalArgumentException when the URL doesn't lead to a repository, or holds a password */
    @DataBoundConstructor
    public ProjectConnection(String repositoryUrl) {
        this.repositoryUrl = RepositoryConnection.checked(repositoryUrl).text();
    }

    /** Configuration that somebody wrote by hand is checked as the form's is, and may leave out what is optional. */
    private Object readResolve() {
        repositoryUrl = RepositoryConnection.checked(repositoryUrl).text();
        credentialsId = Util.fixNull(credentialsId);
        return this;
    }

    @Override
    public String getRepositoryUrl() {
        return repositoryUrl;
    }

    @Override
    public RemoteUrl remote() {
        return RemoteUrl.parse(repositoryUrl);
    }

    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** What a project asks for; empty when it asks for nothing. */
    public static Optional<Wish> wishOf(Item item) {
        return item instanceof AbstractFolder<?> folder
                ? Optional.ofNullable(folder.getProperties().get(ProjectConnection.class))
                : Optional.empty();
    }

    /** Takes the wish from the project's configuration, if there is one. */
    public static void removeFrom(Item item) throws IOException {
        if (item instanceof AbstractFolder<?> folder) {
            folder.getProperties().remove(ProjectConnection.class);
        }
    }

    /** Whether the project is switched off. */
    static boolean isDisabled(Item item) {
        return item instanceof AbstractFolder<?> folder && folder.isDisabled();
    }

    /** The form's side. */
    @OptionalExtension(requirePlugins = PLUGIN)
    @Symbol("bellhop")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @Override
        @SuppressWarnings("rawtypes") // The folder plugin's own signature.
        public boolean isApplicable(Class<? extends AbstractFolder> containerType) {
            return SCMSourceOwner.class.isAssignableFrom(containerType)
                    && !SCMNavigatorOwner.class.isAssignableFrom(containerType);
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.RepositoryConnection_DisplayName();
        }

        @RequirePOST
        public FormValidation doCheckRepositoryUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return ConnectionForm.repositoryUrl(item, value);
        }

        @RequirePOST
        public AutoCompletionCandidates doAutoCompleteRepositoryUrl(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String credentialsId) {
            return ConnectionForm.repositories(item, value, credentialsId);
        }

        @RequirePOST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String repositoryUrl) {
            return ConnectionForm.credential(item, repositoryUrl, value);
        }

        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String repositoryUrl, @QueryParameter String credentialsId) {
            return ConnectionForm.credentials(item, repositoryUrl, credentialsId);
        }

        /** The button: connects now and says how it went; the form is saved separately. */
        @RequirePOST
        public FormValidation doConnect(
                @AncestorInPath Item item, @QueryParameter String repositoryUrl, @QueryParameter String credentialsId) {
            return item instanceof SCMSourceOwner && !(item instanceof SCMNavigatorOwner)
                    ? ConnectionForm.connect(item, repositoryUrl, credentialsId)
                    : FormValidation.error(Messages.RepositoryConnection_SaveFirst());
        }
    }
}
