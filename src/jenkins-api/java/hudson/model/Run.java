package hudson.model;

public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable {

    private Run() {}

    public <T extends Cause> T getCause(Class<T> type) {
        return null;
    }

    public String getDisplayName() {
        return null;
    }

    public String getDurationString() {
        return null;
    }

    public JobT getParent() {
        return null;
    }

    public RunT getPreviousBuild() {
        return null;
    }

    public Result getResult() {
        return null;
    }

    public String getUrl() {
        return null;
    }
}
