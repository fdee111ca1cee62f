package io.jenkins.plugins.bellhop.jenkins.connection;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.bellhop.decide.RefFilter;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.decide.Watch.Superseding;
import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.credentials.AdditionalKey;
import io.jenkins.plugins.bellhop.jenkins.credentials.AdditionalKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jenkins.model.OptionalJobProperty;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What a job asks for: the repository it is connected to and what of it is built. It declares and gives nothing by itself:
 * the connection is made by the {@link Reconciler}, and only the connection says which items may use it. The fields' names
 * are a file format.
 */
public final class RepositoryConnection extends OptionalJobProperty<Job<?, ?>> implements Wish {

    private String repositoryUrl;
    private String credentialsId = "";
    private boolean onlyPullRequests;
    private boolean skipDrafts;
    private boolean buildRetargeted;
    private Forks forks = Forks.OFF;
    private boolean keysForForks;
    private String branches = "";
    private String tags = "";
    private String paths = "";
    /** What older files have in the place of {@link #forks}; read, never written. */
    private transient boolean buildForkedPullRequests;
    /** Absent in configurations from before there was this choice. */
    private Boolean cancelQueuedBuilds = true;

    private ArrayList<AdditionalKey> additionalKeys = new ArrayList<>();

    private boolean abortRunningBuilds;
    private boolean buildMergeResults;

    /** @throws IllegalArgumentException when the URL doesn't lead to a repository, or holds a user, password or token */
    @DataBoundConstructor
    public RepositoryConnection(String repositoryUrl) {
        this.repositoryUrl = checked(repositoryUrl).text();
    }

    /**
     * Configuration that somebody wrote by hand is checked as the form's is, and may leave out what is optional. A token that
     * was accepted once stays out of sight.
     */
    private Object readResolve() {
        repositoryUrl = checked(RemoteUrl.parse(Util.fixNull(repositoryUrl).trim())
                        .withoutCredentials()
                        .text())
                .text();
        credentialsId = Util.fixNull(credentialsId);
        branches = Util.fixNull(branches);
        tags = Util.fixNull(tags);
        paths = Util.fixNull(paths);
        if (forks == null || buildForkedPullRequests) {
            forks = buildForkedPullRequests ? Forks.ON : Forks.OFF;
        }
        cancelQueuedBuilds = cancelQueuedBuilds == null || cancelQueuedBuilds;
        additionalKeys = additionalKeys == null ? new ArrayList<>() : additionalKeys;
        watch();
        return this;
    }

    /**
     * The URL is shown on pages and in logs, where a password or token has no place.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static RemoteUrl checked(String text) {
        RemoteUrl remote = RemoteUrl.parse(Util.fixNull(text).trim());
        remote.repositoryName();
        if (remote.holdsCredentials()) {
            throw new IllegalArgumentException(
                    "expected a repository URL without user, password or token, found one in " + remote
                            + ". Leave out what stands before the host: Git uses Jenkins' credentials");
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

    public boolean isSkipDrafts() {
        return skipDrafts;
    }

    @DataBoundSetter
    public void setSkipDrafts(boolean skipDrafts) {
        this.skipDrafts = skipDrafts;
    }

    public boolean isBuildRetargeted() {
        return buildRetargeted;
    }

    @DataBoundSetter
    public void setBuildRetargeted(boolean buildRetargeted) {
        this.buildRetargeted = buildRetargeted;
    }

    /** In lower case: {@code off}, {@code members}, {@code approved} or {@code on}. */
    public String getForks() {
        return forks.name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for anything but the four words, in whichever case */
    @DataBoundSetter
    public void setForks(String forks) {
        this.forks = Arrays.stream(Forks.values())
                .filter(policy ->
                        policy.name().equalsIgnoreCase(Util.fixNull(forks).trim()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "forks: expected off, members, approved or on, found " + Quoted.text(Util.fixNull(forks))));
    }

    public boolean isKeysForForks() {
        return keysForForks;
    }

    @DataBoundSetter
    public void setKeysForForks(boolean keysForForks) {
        this.keysForForks = keysForForks;
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

    public String getPaths() {
        return paths;
    }

    /** @throws IllegalArgumentException saying which pattern is wrong */
    @DataBoundSetter
    public void setPaths(String paths) {
        this.paths = new RefFilter(Util.fixNull(paths)).text();
    }

    public boolean isCancelQueuedBuilds() {
        return cancelQueuedBuilds;
    }

    @DataBoundSetter
    public void setCancelQueuedBuilds(boolean cancelQueuedBuilds) {
        this.cancelQueuedBuilds = cancelQueuedBuilds;
    }

    public boolean isAbortRunningBuilds() {
        return abortRunningBuilds;
    }

    @DataBoundSetter
    public void setAbortRunningBuilds(boolean abortRunningBuilds) {
        this.abortRunningBuilds = abortRunningBuilds;
    }

    public boolean isBuildMergeResults() {
        return buildMergeResults;
    }

    @DataBoundSetter
    public void setBuildMergeResults(boolean buildMergeResults) {
        this.buildMergeResults = buildMergeResults;
    }

    /** Keys besides the connection's own. */
    public List<AdditionalKey> getAdditionalKeys() {
        return List.copyOf(additionalKeys);
    }

    @DataBoundSetter
    public void setAdditionalKeys(List<AdditionalKey> additionalKeys) {
        this.additionalKeys = new ArrayList<>(Util.fixNull(additionalKeys));
    }

    public Watch watch() {
        return Watch.DEFAULT
                .withOnlyPullRequests(onlyPullRequests)
                .withSkipDrafts(skipDrafts)
                .withBuildRetargeted(buildRetargeted)
                .withMergeResults(buildMergeResults)
                .withForks(forks)
                .withKeysForForks(keysForForks)
                .withBranches(new RefFilter(branches))
                .withTags(new RefFilter(tags))
                .withPaths(new RefFilter(paths))
                .withSuperseding(new Superseding(cancelQueuedBuilds, abortRunningBuilds));
    }

    /**
     * Refuses a branch of a multibranch project, for which its project decides, and so the {@code properties} of its
     * Jenkinsfile. One that was saved with it all the same is loaded as it is. Neither reading a job anew nor reading all of
     * Jenkins' configuration tells any listener; this is called then, too.
     */
    @Override
    protected void setOwner(Job<?, ?> owner) {
        super.setOwner(owner);
        if (ConnectableJobs.isBranchOfProject(owner)
                && !owner.getAllProperties().contains(this)) {
            throw new IllegalArgumentException(Messages.RepositoryConnection_Branch());
        }
        Wiring.get().jobLoaded(owner);
    }

    /**
     * Whether somebody decided that builds of forks are trusted like the repository's own. Never for a branch of a multibranch
     * project: nobody asks for it there, but a file may hold it.
     */
    public static boolean handsKeysToForks(Job<?, ?> job) {
        RepositoryConnection connection = of(job);
        return connection != null && connection.isKeysForForks() && !ConnectableJobs.isBranchOfProject(job);
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

        /** A key that can't be decrypted is refused here, where somebody reads why. */
        @Override
        public JobProperty<?> newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            JobProperty<?> made = super.newInstance(request, form);
            try {
                if (made instanceof RepositoryConnection connection) {
                    AdditionalKeys.check(request.findAncestorObject(Item.class), connection.getAdditionalKeys());
                }
            } catch (IllegalArgumentException e) {
                throw new FormException(e.getMessage(), e, "additionalKeys");
            }
            return made;
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

        @RequirePOST
        public FormValidation doCheckPaths(@AncestorInPath Item item, @QueryParameter String value) {
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
