package hudson.model;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

@SuppressWarnings("rawtypes")
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> implements Item {

    protected Job(ItemGroup parent, String name) {}

    @Override
    public Collection<? extends Job> getAllJobs() {
        return null;
    }

    public RunT getLastBuild() {
        return null;
    }

    public List<JobProperty<? super JobT>> getAllProperties() {
        return null;
    }

    public <T extends JobProperty> T getProperty(Class<T> type) {
        return null;
    }

    public synchronized void save() throws IOException {}

    public void addProperty(JobProperty<? super JobT> jobProp) throws IOException {}

    public <T extends JobProperty> T removeProperty(Class<T> type) throws IOException {
        return null;
    }
}
