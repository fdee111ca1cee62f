package io.jenkins.plugins.bellhop.jenkins.connection;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.decide.RefFilter;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What a job asks for: the repository it is connected to and what of it is built. It declares and gives nothing by itself:
 * the connection is made by the {@link Reconciler}, and only the connection says which items may use it. The fields' names
 * are a file format.
 */
public final class RepositoryConnection extends OptionalJobProperty<Job<?, ?>> implements Wish {

    private final String repositoryUrl;
    private String credentialsId = "";
    private boolean onlyPullRequests;
    private boolean buildForkedPullRequests;
    private String branches = "";
    private String tags = "";

    /** @throws IllegalArgumentException when the URL doesn't lead to a repository, or holds a password */
    @DataBoundConstructor
    public RepositoryConnection(String repositoryUrl) {
        this.repositoryUrl = checked(repositoryUrl).text();
    }

    /** Configuration that somebody wrote by hand is checked as the form's is, and may leave out what is optional. */
    private Object readResolve() {
        checked(repositoryUrl);
        credentialsId = Util.fixNull(credentialsId);
        branches = Util.fixNull(branches);
        tags = Util.fixNull(tags);
        watch();
        return this;
    }

    /**
     * The URL is shown on pages and in logs, where a password has no place.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static RemoteUrl checked(String text) {
        RemoteUrl remote = RemoteUrl.parse(Util.fixNull(text).trim());
        remote.repositoryName();
        if (remote.holdsPassword()) {
            throw new IllegalArgumentException("expected a repository URL without a password, found one in " + remote
                    + ". Git uses Jenkins' credentials");
        }
        return remote;
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

    public boolean isOnlyPullRequests() {
        return onlyPullRequests;
    }

    @DataBoundSetter
    public void setOnlyPullRequests(boolean onlyPullRequests) {
        this.onlyPullRequests = onlyPullRequests;
    }

    public boolean isBuildForkedPullRequests() {
        return buildForkedPullRequests;
    }

    @DataBoundSetter
    public void setBuildForkedPullRequests(boolean buildForkedPullRequests) {
        this.buildForkedPullRequests = buildForkedPullRequests;
    }

    public String getBranches() {
        return branches;
    }

    /** @throws IllegalArgumentException saying which pattern is wrong */
    @DataBoundSetter
    public void setBranches(String branches) {
        this.branches = new RefFilter(Util.fixNull(branches)).text();
    }

    public String getTags() {
        return tags;
    }

    /** @throws IllegalArgumentException saying which pattern is wrong */
    @DataBoundSetter
    public void setTags(String tags) {
        this.tags = new RefFilter(Util.fixNull(tags)).text();
    }

    public Watch watch() {
        return new Watch(
                onlyPullRequests,
                buildForkedPullRequests ? Forks.ON : Forks.OFF,
                new RefFilter(branches),
                new RefFilter(tags));
    }

    /**
     * Refuses a branch of a multibranch project, for which its project decides, and so the {@code properties} of its
     * Jenkinsfile. One that was saved with it all the same is loaded as it is.
     */
    @Override
    protected void setOwner(Job<?, ?> owner) {
        super.setOwner(owner);
        if (ConnectableJobs.isBranchOfProject(owner)
                && !owner.getAllProperties().contains(this)) {
            throw new IllegalArgumentException(Messages.RepositoryConnection_Branch());
        }
    }

    /** The job's, when it has one. */
    public static RepositoryConnection of(Job<?, ?> job) {
        return job.getProperty(RepositoryConnection.class);
    }

    /** The form's side. */
    @Extension
    @Symbol("bellhop")
    public static final class DescriptorImpl extends OptionalJobPropertyDescriptor {

        @Override
        @SuppressWarnings("rawtypes") // Jenkins' own signature.
        public boolean isApplicable(Class<? extends Job> jobType) {
            return ConnectableJobs.isConnectable(jobType);
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
        public FormValidation doCheckBranches(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedFilter(item, value);
        }

        @RequirePOST
        public FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedFilter(item, value);
        }

        private static FormValidation checkedFilter(Item item, String value) {
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
            return item instanceof Job<?, ?>
                    ? ConnectionForm.connect(item, repositoryUrl, credentialsId)
                    : FormValidation.error(Messages.RepositoryConnection_SaveFirst());
        }
    }
}
