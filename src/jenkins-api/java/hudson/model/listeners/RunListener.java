package hudson.model.listeners;

import hudson.model.Run;
import hudson.model.TaskListener;

@SuppressWarnings("rawtypes")
public abstract class RunListener<R extends Run> {

    protected RunListener() {}

    public void onInitialize(R run) {}

    public void onStarted(R run, TaskListener listener) {}

    public void onCompleted(R run, TaskListener listener) {}
}
