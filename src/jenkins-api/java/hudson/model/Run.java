package hudson.model;

import hudson.EnvVars;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;

public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable {

    protected Run(JobT job) throws IOException {}

    public <T extends Cause> T getCause(Class<T> type) {
        return null;
    }

    public List<Cause> getCauses() {
        return null;
    }

    public static Run<?, ?> fromExternalizableId(String id) throws IllegalArgumentException, AccessDeniedException {
        return null;
    }

    public String getDisplayName() {
        return null;
    }

    public String getDurationString() {
        return null;
    }

    public EnvVars getEnvironment(TaskListener listener) throws IOException, InterruptedException {
        return null;
    }

    public Executor getExecutor() {
        return null;
    }

    public String getExternalizableId() {
        return null;
    }

    public InputStream getLogInputStream() throws IOException {
        return null;
    }

    public JobT getParent() {
        return null;
    }

    public RunT getPreviousBuild() {
        return null;
    }

    public final RunT getPreviousBuildInProgress() {
        return null;
    }

    public final long getStartTimeInMillis() {
        return 0;
    }

    public boolean isBuilding() {
        return false;
    }

    public long getQueueId() {
        return 0;
    }

    public Result getResult() {
        return null;
    }

    public File getRootDir() {
        return null;
    }

    public String getUrl() {
        return null;
    }

    public void save() throws IOException {}
}
