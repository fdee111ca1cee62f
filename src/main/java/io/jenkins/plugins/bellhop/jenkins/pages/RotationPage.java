package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.Util;
import hudson.model.Failure;
import hudson.model.ModelObject;
import io.jenkins.plugins.bellhop.connect.BulkRotation;
import io.jenkins.plugins.bellhop.connect.BulkRotation.Progress;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.AuditedChanges;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Rotates the keys of many connections, shows how far it has come, and tries again what failed. */
public final class RotationPage implements ModelObject {

    private static final int LARGEST_PERCENTAGE = 100;

    RotationPage() {}

    @Override
    public String getDisplayName() {
        return Messages.RotationPage_DisplayName();
    }

    /** Those that were ticked. */
    @RequirePOST
    public HttpResponse doChosen(StaplerRequest2 request) {
        Wiring.checkAdministrator();
        String[] ids = request.getParameterValues("id");
        return begun(ids == null ? List.of() : Arrays.asList(ids));
    }

    /** @param days 0 for all of them; a key of unknown age counts as old */
    @RequirePOST
    public HttpResponse doOlder(@QueryParameter String days) {
        Wiring.checkAdministrator();
        if (!Util.fixNull(days).matches("\\d{1,4}")) {
            throw new Failure(Messages.RotationPage_NoDays());
        }
        Duration age = Duration.ofDays(Integer.parseInt(days));
        Instant now = Instant.now();
        return begun(Wiring.get().connections().all().stream()
                .filter(stored -> age.isZero() || stored.isKeyOlderThan(age, now))
                .map(StoredConnection::id)
                .toList());
    }

    /** Those that failed. */
    @RequirePOST
    public HttpResponse doRetry() {
        Wiring.checkAdministrator();
        return begun(progress().map(Progress::failed).orElse(List.of()).stream()
                .map(BulkRotation.Failed::connectionId)
                .toList());
    }

    /** The one that is at hand is finished. */
    @RequirePOST
    public HttpResponse doStop() {
        Wiring.checkAdministrator();
        Wiring.get().rotations().bulk().ifPresent(BulkRotation::stop);
        return new HttpRedirect(".");
    }

    private static HttpResponse begun(List<String> asked) {
        List<String> ids = asked.stream()
                .distinct()
                .filter(id -> Wiring.get()
                        .connections()
                        .byId(id)
                        .filter(stored -> stored.connection().isReady())
                        .isPresent())
                .toList();
        if (ids.isEmpty()) {
            throw new Failure(Messages.RotationPage_None());
        }
        if (!Wiring.get().rotations().rotateAll(ids)) {
            throw new Failure(Messages.RotationPage_Running());
        }
        Wiring.get().audit(Kind.ROTATION_OF_MANY, "", "", Messages.RotationPage_Count(ids.size()));
        return new HttpRedirect(".");
    }

    private static Optional<Progress> progress() {
        return Wiring.get().rotations().bulk().map(BulkRotation::progress);
    }

    /** Null when there was none since Jenkins started. */
    public Progressing getProgress() {
        return progress().map(Progressing::new).orElse(null);
    }

    private static String named(String connectionId) {
        return Wiring.get()
                .connections()
                .byId(connectionId)
                .map(stored -> AuditedChanges.named(stored.connection().repository()))
                .orElse(connectionId);
    }

    /** How far it was at one moment. */
    public static final class Progressing {

        private final Progress progress;

        Progressing(Progress progress) {
            this.progress = progress;
        }

        public int getTotal() {
            return progress.total();
        }

        public int getDone() {
            return progress.done();
        }

        public int getRotated() {
            return progress.done() - progress.failed().size();
        }

        public int getPercentage() {
            return LARGEST_PERCENTAGE * progress.done() / Math.max(1, progress.total());
        }

        public boolean isOver() {
            return progress.isOver();
        }

        public boolean isStopped() {
            return progress.stopped();
        }

        /** Empty between two of them. */
        public String getCurrent() {
            return progress.current().map(RotationPage::named).orElse("");
        }

        public List<FailedRow> getFailed() {
            return progress.failed().stream().map(FailedRow::new).toList();
        }
    }

    /** One that wasn't rotated, and why. */
    public static final class FailedRow {

        private final BulkRotation.Failed failed;

        FailedRow(BulkRotation.Failed failed) {
            this.failed = failed;
        }

        public String getRepository() {
            return named(failed.connectionId());
        }

        public String getSentence() {
            return failed.sentence();
        }
    }
}
