package io.jenkins.plugins.bellhop.jenkins.connection;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
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
import java.util.Arrays;
import java.util.Locale;
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
public final class RepositoryConnection extends OptionalJobProperty<Job<?, ?>> {

    private final String repositoryUrl;
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

    private boolean abortRunningBuilds;
    private boolean buildMergeResults;

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
        paths = Util.fixNull(paths);
        if (forks == null || buildForkedPullRequests) {
            forks = buildForkedPullRequests ? Forks.ON : Forks.OFF;
        }
        cancelQueuedBuilds = cancelQueuedBuilds == null || cancelQueuedBuilds;
        watch();
        return this;
    }

    /** The URL is shown on pages and in logs, where a password has no place. */
    private static RemoteUrl checked(String text) {
        RemoteUrl remote = RemoteUrl.parse(Util.fixNull(text).trim());
        remote.repositoryName();
        if (remote.holdsPassword()) {
            throw new IllegalArgumentException("expected a repository URL without a password, found one in " + remote
                    + ". Git uses Jenkins' credentials");
        }
        return remote;
    }

    /** Neither reading a job anew nor reading all of Jenkins' configuration tells any listener; this is called then, too. */
    @Override
    protected void setOwner(Job<?, ?> owner) {
        super.setOwner(owner);
        Wiring.get().jobLoaded(owner);
    }

    public String getRepositoryUrl() {
        return repositoryUrl;
    }

    public RemoteUrl remote() {
        return RemoteUrl.parse(repositoryUrl);
    }

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

    /** Whether somebody decided that builds of forks are trusted like the repository's own. */
    public static boolean handsKeysToForks(Job<?, ?> job) {
        RepositoryConnection connection = of(job);
        return connection != null && connection.isKeysForForks();
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
            if (!Wiring.mayConfigure(item) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            try {
                return Wiring.get()
                        .forges()
                        .owning(checked(value))
                        .map(forge -> FormValidation.ok(forge.kind()))
                        .orElseGet(() -> FormValidation.warning(Messages.RepositoryConnection_NoForge()));
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
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
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return ApiCredentials.listed(item, credentialsId);
        }

        /** The button: connects now and says how it went; the form is saved separately. */
        @RequirePOST
        public FormValidation doConnect(
                @AncestorInPath Item item, @QueryParameter String repositoryUrl, @QueryParameter String credentialsId) {
            if (!(item instanceof Job<?, ?> job)) {
                return FormValidation.error(Messages.RepositoryConnection_SaveFirst());
            }
            job.checkPermission(Item.CONFIGURE);
            Attempt attempt =
                    Wiring.get().reconciler().connectNow(job, Util.fixNull(repositoryUrl), Util.fixNull(credentialsId));
            return attempt.connected()
                    ? FormValidation.ok(attempt.sentence())
                    : FormValidation.error(attempt.sentence());
        }
    }
}
