package org.jenkinsci.plugins.workflow.steps;

@SuppressWarnings("serial")
public abstract class GeneralNonBlockingStepExecution extends StepExecution {

    protected GeneralNonBlockingStepExecution(StepContext context) {
        super(context);
    }

    protected final void run(Block block) {}

    @FunctionalInterface
    protected interface Block {

        void run() throws Exception;
    }

    protected abstract class TailCall extends BodyExecutionCallback {

        protected TailCall() {}

        protected abstract void finished(StepContext context) throws Exception;

        @Override
        public final void onSuccess(StepContext context, Object result) {}

        @Override
        public final void onFailure(StepContext context, Throwable t) {}
    }
}
