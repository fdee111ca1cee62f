package io.jenkins.plugins.bellhop.jenkins.checkout;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Pipeline's {@code withRepositoryKeys}: within the block git has each repository's own key. */
public final class RepositoryKeysStep extends Step {

    private List<String> fingerprints = List.of();
    private boolean sshAgent;

    @DataBoundConstructor
    public RepositoryKeysStep() {
        // Naming keys is optional.
    }

    public List<String> getFingerprints() {
        return fingerprints;
    }

    @DataBoundSetter
    public void setFingerprints(List<String> fingerprints) {
        this.fingerprints = fingerprints == null
                ? List.of()
                : fingerprints.stream().filter(text -> !text.isBlank()).toList();
    }

    public boolean isSshAgent() {
        return sshAgent;
    }

    /** Whether an ssh-agent is to hold keys for programs that bring an SSH of their own. */
    @DataBoundSetter
    public void setSshAgent(boolean sshAgent) {
        this.sshAgent = sshAgent;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, fingerprints, sshAgent);
    }

    private static final class Execution extends GeneralNonBlockingStepExecution {

        private static final long serialVersionUID = 1L;

        private final ArrayList<String> fingerprints;
        private final boolean sshAgent;

        Execution(StepContext context, List<String> fingerprints, boolean sshAgent) {
            super(context);
            this.fingerprints = new ArrayList<>(fingerprints);
            this.sshAgent = sshAgent;
        }

        @Override
        public boolean start() {
            run(this::bind);
            return false;
        }

        private void bind() throws Exception {
            StepContext context = getContext();
            FilePath workspace = context.get(FilePath.class);
            if (workspace == null) {
                throw new AbortException(Messages.RepositoryKeysStep_NoWorkspace());
            }
            EnvVars variables = context.get(EnvVars.class);
            KeysBinding.Bound bound = KeysBinding.bind(
                    context.get(Run.class),
                    workspace,
                    new KeysBinding.Wish(fingerprints, sshAgent),
                    variables == null ? Map.of() : variables,
                    context.get(TaskListener.class));
            try {
                context.newBodyInvoker()
                        .withContext(EnvironmentExpander.merge(
                                context.get(EnvironmentExpander.class),
                                EnvironmentExpander.constant(bound.environment())))
                        .withCallback(new End(bound.id()))
                        .start();
            } catch (RuntimeException e) {
                PlacedKeys.takeAway(bound.id());
                throw e;
            }
        }

        private final class End extends TailCall {

            private static final long serialVersionUID = 1L;

            private final String id;

            End(String id) {
                this.id = id;
            }

            @Override
            protected void finished(StepContext context) {
                PlacedKeys.takeAway(id);
            }
        }
    }

    /** Needs no workspace by declaration: Declarative's options take such steps alone. */
    @OptionalExtension(requirePlugins = "workflow-step-api")
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "withRepositoryKeys";
        }

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.RepositoryKeys_DisplayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
