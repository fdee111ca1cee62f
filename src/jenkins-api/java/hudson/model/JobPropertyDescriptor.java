package hudson.model;

public abstract class JobPropertyDescriptor extends Descriptor<JobProperty<?>> {

    protected JobPropertyDescriptor() {}

    @SuppressWarnings("rawtypes")
    public boolean isApplicable(Class<? extends Job> jobType) {
        return false;
    }
}
