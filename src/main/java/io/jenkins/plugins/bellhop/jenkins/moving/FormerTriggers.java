package io.jenkins.plugins.bellhop.jenkins.moving;

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

    /** @return what those that are off now are called */
    static List<String> switchOff(Job<?, ?> job) throws IOException {
        List<Trigger<?>> all = job instanceof TriggeredItem triggered
                ? List.copyOf(triggered.getTriggers().values())
                : List.of();
        List<Trigger<?>> off = all.stream().filter(FormerTriggers::isReplaced).toList();
        if (off.isEmpty()) {
            return List.of();
        }
        if (job instanceof AbstractProject<?, ?> project) {
            for (Trigger<?> trigger : off) {
                trigger.stop();
                project.removeTrigger(trigger.getDescriptor());
            }
        } else {
            leave(job, all.stream().filter(trigger -> !isReplaced(trigger)).toList());
        }
        return off.stream().map(FormerTriggers::label).toList();
    }

    private static boolean isReplaced(Trigger<?> trigger) {
        return new Start(trigger.getClass().getName(), "").replaced().isPresent();
    }

    private static String label(Trigger<?> trigger) {
        return trigger.getDescriptor().getDisplayName();
    }

    /** Pipeline's jobs stop the former ones by themselves. Asked for by name, so that their plugin needn't be there. */
    private static void leave(Job<?, ?> job, List<Trigger<?>> rest) throws IOException {
        try {
            job.getClass().getMethod("setTriggers", List.class).invoke(job, rest);
        } catch (InvocationTargetException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IOException("triggers of jobs of this kind can't be changed from here", e);
        }
    }
}
