package io.jenkins.plugins.bellhop.jenkins.multibranch;

import com.cloudbees.hudson.plugins.folder.computed.FolderComputation;
import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.Saveable;
import hudson.model.listeners.RunListener;
import hudson.model.listeners.SaveableListener;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.api.SCMEventListener;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMSourceOwner;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Follows what multibranch projects were told, until Jenkins has a record of what came of it. */
public final class OwedLookEvents {

    private static final Logger LOGGER = Logger.getLogger(OwedLookEvents.class.getName());

    private OwedLookEvents() {}

    /** The look that a job's branch is owed; empty for nearly all jobs, and at no cost. */
    private static Optional<OwedLook> of(Object task) {
        OwedLooks looks = Wiring.get().owedLooks();
        if (looks.isEmpty()
                || !(task instanceof Job<?, ?> job)
                || !(job.getParent() instanceof SCMSourceOwner project)) {
            return Optional.empty();
        }
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        return head == null ? Optional.empty() : looks.find(project.getFullName(), refOf(head.getName()));
    }

    private static String refOf(String branch) {
        try {
            return GitRef.branch(branch).fullName();
        } catch (IllegalArgumentException e) {
            // Of no branch of ours, then.
            return branch;
        }
    }

    /** Comes last of all who hear of an event, and so after the projects, which look while they are told. */
    @Extension(ordinal = -1000)
    public static final class Heard extends SCMEventListener {

        @Override
        public void onSCMHeadEvent(SCMHeadEvent<?> event) {
            if (event instanceof BranchChanged told) {
                News news = told.getPayload();
                OwedLooks looks = Wiring.get().owedLooks();
                told.projects().stream()
                        .flatMap(project -> looks.find(project, news.ref().fullName()).stream())
                        // Newer news have an event of their own.
                        .filter(look -> look.news().equals(Optional.of(news)))
                        .forEach(look -> looked(looks, look));
            }
        }

        /** What is in the queue already builds this, too. A project that could not fetch says so in its own log alone. */
        private static void looked(OwedLooks looks, OwedLook look) {
            boolean waits = OwedLookResumption.branchJob(look)
                    .filter(job -> !Wiring.get().queued(job).isEmpty())
                    .isPresent();
            if (waits) {
                looks.queued(look);
            } else if (!look.isQueued()) {
                Wiring.get().owedLookResumption().looked(look);
            }
        }
    }

    /** From the moment when Jenkins queues a build, indexing takes its commit for built. */
    @Extension
    public static final class Queued extends QueueListener {

        @Override
        public void onEnterWaiting(Queue.WaitingItem item) {
            of(item.task).ifPresent(look -> Wiring.get().owedLooks().queued(look));
        }

        @Override
        public void onLeft(Queue.LeftItem item) {
            if (item.isCancelled()) {
                of(item.task)
                        .filter(OwedLook::isQueued)
                        .ifPresent(look -> Wiring.get().owedLooks().settle(look));
            }
        }
    }

    /** The build has begun. */
    @Extension
    public static final class Begun extends RunListener<Run<?, ?>> {

        @Override
        public void onInitialize(Run<?, ?> run) {
            of(run.getParent()).filter(OwedLook::isQueued).ifPresent(look -> record(run, look));
        }

        private static void record(Run<?, ?> run, OwedLook look) {
            try {
                run.save();
                Wiring.get().owedLooks().settle(look);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Can't write " + run.getUrl() + "; a crash would lose this build");
            }
        }
    }

    /** The project has looked at all it has. */
    @OptionalExtension(requirePlugins = ProjectConnection.PLUGIN)
    public static final class LookedAtAll extends SaveableListener {

        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof FolderComputation<?> indexing && Result.SUCCESS.equals(indexing.getResult())) {
                OwedLooks looks = Wiring.get().owedLooks();
                looks.find(indexing.getParent().getFullName(), "")
                        .filter(look -> indexing.getTimestamp().getTimeInMillis() >= look.since())
                        .ifPresent(looks::settle);
            }
        }
    }
}
