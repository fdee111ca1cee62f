package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Job;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;

/** Which jobs can be connected: those that can be started with a revision, freestyle and Pipeline among them. */
final class ConnectableJobs {

    private ConnectableJobs() {}

    @SuppressWarnings("rawtypes") // Jenkins' own signature.
    static boolean isConnectable(Class<? extends Job> jobType) {
        return ParameterizedJob.class.isAssignableFrom(jobType);
    }
}
