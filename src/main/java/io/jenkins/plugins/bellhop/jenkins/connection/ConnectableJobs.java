package io.jenkins.plugins.bellhop.jenkins.connection;

import hudson.model.Job;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import jenkins.scm.api.SCMSourceOwner;

/** Which jobs can be connected: those that can be started with a revision, freestyle and Pipeline among them. */
final class ConnectableJobs {

    private ConnectableJobs() {}

    @SuppressWarnings("rawtypes") // Jenkins' own signature.
    static boolean isConnectable(Class<? extends Job> jobType) {
        return ParameterizedJob.class.isAssignableFrom(jobType);
    }

    /** Multibranch projects make and remove such jobs as branches come and go. */
    static boolean isBranchOfProject(Job<?, ?> job) {
        return job.getParent() instanceof SCMSourceOwner;
    }
}
