package io.jenkins.plugins.bellhop.jenkins.checkout;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildWrapperDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import java.io.IOException;
import java.util.List;
import jenkins.tasks.SimpleBuildWrapper;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The same for freestyle jobs: while the build's steps run, git has each repository's own key. */
public final class RepositoryKeysWrapper extends SimpleBuildWrapper {

    private String fingerprints = "";
    private boolean sshAgent;

    @DataBoundConstructor
    public RepositoryKeysWrapper() {
        // Naming keys is optional.
    }

    /** Between blanks or on lines of their own. */
    public String getFingerprints() {
        return Util.fixNull(fingerprints);
    }

    @DataBoundSetter
    public void setFingerprints(String fingerprints) {
        this.fingerprints = Util.fixNull(fingerprints).trim();
    }

    public boolean isSshAgent() {
        return sshAgent;
    }

    /** Whether an ssh-agent is to hold keys for programs that bring an SSH of their own. */
    @DataBoundSetter
    public void setSshAgent(boolean sshAgent) {
        this.sshAgent = sshAgent;
    }

    private static List<String> words(String text) {
        return List.of(text.trim().split("[\\s,]+")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Override
    public void setUp(
            Context context,
            Run<?, ?> build,
            FilePath workspace,
            Launcher launcher,
            TaskListener listener,
            EnvVars variables)
            throws IOException, InterruptedException {
        KeysBinding.Wish wish = new KeysBinding.Wish(words(getFingerprints()), sshAgent);
        KeysBinding.Bound bound = KeysBinding.bind(build, workspace, wish, variables, listener);
        context.setDisposer(new End(bound.id()));
        bound.environment().forEach(context::env);
    }

    private static final class End extends Disposer {

        private static final long serialVersionUID = 1L;

        private final String id;

        End(String id) {
            this.id = id;
        }

        @Override
        public void tearDown(Run<?, ?> build, FilePath workspace, Launcher launcher, TaskListener listener) {
            PlacedKeys.takeAway(id);
        }
    }

    /** The form's side. */
    @Extension
    @Symbol("repositoryKeys")
    public static final class DescriptorImpl extends BuildWrapperDescriptor {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.RepositoryKeys_DisplayName();
        }

        @Override
        public boolean isApplicable(AbstractProject<?, ?> item) {
            return true;
        }

        @RequirePOST
        public FormValidation doCheckFingerprints(@AncestorInPath Item item, @QueryParameter String value) {
            if (!Wiring.mayConfigure(item)) {
                return FormValidation.ok();
            }
            try {
                words(Util.fixNull(value)).forEach(Fingerprint::parse);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
