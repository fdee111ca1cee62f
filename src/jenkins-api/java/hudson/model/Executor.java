package hudson.model;

import jenkins.model.CauseOfInterruption;

public class Executor extends Thread {

    private Executor() {}

    public void interrupt(Result result, CauseOfInterruption... causes) {}
}
