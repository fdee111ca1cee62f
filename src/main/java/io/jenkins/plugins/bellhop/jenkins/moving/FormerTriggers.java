package io.jenkins.plugins.bellhop.jenkins.moving;

import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Job;
import hudson.triggers.Trigger;
import io.jenkins.plugins.bellhop.moving.Start;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import jenkins.triggers.TriggeredItem;

/** Takes from a job the triggers that Bellhop takes the place of, as somebody does who unticks them. Others stay. */
final class FormerTriggers {

    private FormerTriggers() {}

    /**
     * A trigger that is off now.
     *
     * @param label what its section in the job's configuration is called
     * @param setting its class and its schedule; nothing else of it, which may be secret
     */
    record Off(String label, String setting) {

        private static Off of(Trigger<?> trigger) {
            String schedule = Util.fixNull(trigger.getSpec()).trim().replaceAll("\\R", " | ");
            String kind = trigger.getClass().getName();
            return new Off(
                    trigger.getDescriptor().getDisplayName(),
                    schedule.isEmpty() ? kind : kind + ", schedule " + schedule);
        }
    }

    static List<Off> switchOff(Job<?, ?> job) throws IOException {
        boolean pipeline = !(job instanceof AbstractProject);
        List<Trigger<?>> former = job instanceof TriggeredItem triggered
                ? triggered.getTriggers().values().stream()
                        .filter(trigger -> isReplaced(trigger, pipeline))
                        .toList()
                : List.of();
        List<Off> off = former.stream().map(Off::of).toList();
        for (Trigger<?> trigger : former) {
            trigger.stop();
            remove(trigger, job);
        }
        return off;
    }

    private static boolean isReplaced(Trigger<?> trigger, boolean pipeline) {
        return new Start(trigger.getClass().getName(), "").isReplacedWholly(pipeline);
    }

    private static void remove(Trigger<?> trigger, Job<?, ?> job) throws IOException {
        if (job instanceof AbstractProject<?, ?> project) {
            project.removeTrigger(trigger.getDescriptor());
        } else {
            removeFromPipeline(trigger, job);
        }
    }

    /**
     * Asked for by name, so that the Pipeline plugins needn't be there. Setting the job's other triggers anew would stop
     * them.
     */
    private static void removeFromPipeline(Trigger<?> trigger, Job<?, ?> job) throws IOException {
        try {
            Object triggers = job.getClass().getMethod("getTriggersJobProperty").invoke(job);
            triggers.getClass().getMethod("removeTrigger", Trigger.class).invoke(triggers, trigger);
        } catch (InvocationTargetException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IOException("triggers of jobs of this kind can't be changed from here", e);
        }
        job.save();
    }
}
