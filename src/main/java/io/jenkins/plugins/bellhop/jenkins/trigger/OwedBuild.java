package io.jenkins.plugins.bellhop.jenkins.trigger;

/** A build as it was decided, before Jenkins has a record of it. The fields' names are a file format. */
final class OwedBuild {

    private final String job;
    private final WebhookCause cause;
    private final DecidedRevision revision;

    /** @param job the job's full name */
    OwedBuild(String job, WebhookCause cause, DecidedRevision revision) {
        this.job = job;
        this.cause = cause;
        this.revision = revision;
    }

    /** A file that lacks something is no build: that shows when it is read. */
    private Object readResolve() {
        if (job == null || cause == null || revision == null) {
            throw new IllegalArgumentException(
                    "expected an owed build with job, cause and revision, found a file without");
        }
        return this;
    }

    String job() {
        return job;
    }

    WebhookCause cause() {
        return cause;
    }

    DecidedRevision revision() {
        return revision;
    }
}
