package io.jenkins.plugins.bellhop.jenkins.moving;

import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.bellhop.connect.OneByOne;
import io.jenkins.plugins.bellhop.connect.OneByOne.Ended;
import io.jenkins.plugins.bellhop.connect.OneByOne.Progress;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** How far the connecting of many jobs has come, and what came of each. */
public final class MovingProgress implements ModelObject {

    private static final int LARGEST_PERCENTAGE = 100;

    MovingProgress() {}

    @Override
    public String getDisplayName() {
        return Messages.MovingProgress_DisplayName();
    }

    /** Null when there was none since Jenkins started. */
    public Progressing getNow() {
        return Wiring.get()
                .manyJobs()
                .last()
                .map(OneByOne::progress)
                .map(Progressing::new)
                .orElse(null);
    }

    /** The one that is at hand is finished. */
    @RequirePOST
    public HttpResponse doStop() {
        Wiring.checkAdministrator();
        Wiring.get().manyJobs().last().ifPresent(OneByOne::stop);
        return new HttpRedirect(".");
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

        public int getEnded() {
            return progress.ended().size();
        }

        public int getFailed() {
            return progress.failed().size();
        }

        public int getConnected() {
            return getEnded() - getFailed();
        }

        public int getPercentage() {
            return LARGEST_PERCENTAGE * getEnded() / progress.total();
        }

        public boolean isOver() {
            return progress.isOver();
        }

        public boolean isStopped() {
            return progress.stopped();
        }

        /** Empty between two of them. */
        public String getCurrent() {
            return progress.current().orElse("");
        }

        /** Why the current one is tried again after a pause; empty when there is none. */
        public String getObstacle() {
            return progress.obstacle().orElse("");
        }

        /** What failed first, then the others, each in their order. */
        public List<EndedRow> getRows() {
            return progress.ended().stream()
                    .sorted(Comparator.comparing(Ended::done))
                    .map(EndedRow::new)
                    .toList();
        }
    }

    /** One job, and what came of it. */
    public static final class EndedRow {

        private final Ended ended;

        EndedRow(Ended ended) {
            this.ended = ended;
        }

        public String getName() {
            return ended.name();
        }

        /** Below Jenkins' own address; empty when the job is gone. */
        public String getPath() {
            return Wiring.get().jobs().find(ended.name()).map(Item::getUrl).orElse("");
        }

        public boolean isDone() {
            return ended.done();
        }

        public String getIcon() {
            return ended.done() ? "symbol-status-blue" : "symbol-status-red";
        }

        public String getSentence() {
            return ended.sentence();
        }
    }
}
