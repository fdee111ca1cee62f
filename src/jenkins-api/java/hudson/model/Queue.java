package hudson.model;

import hudson.model.queue.QueueTaskFuture;
import java.util.List;

public class Queue {

    private Queue() {}

    public static void withLock(Runnable runnable) {}

    public boolean cancel(Item item) {
        return false;
    }

    public Item getItem(long id) {
        return null;
    }

    public List<Item> getItems(Task task) {
        return null;
    }

    public interface Executable {}

    public abstract static class Item extends Actionable {

        public final Task task = null;

        private Item() {}

        public final List<Cause> getCauses() {
            return null;
        }

        public long getId() {
            return 0;
        }

        public QueueTaskFuture<Executable> getFuture() {
            return null;
        }
    }

    public static final class WaitingItem extends Item {

        private WaitingItem() {}
    }

    public static final class LeftItem extends Item {

        private LeftItem() {}

        public boolean isCancelled() {
            return false;
        }
    }

    public interface QueueAction extends Action {

        boolean shouldSchedule(List<Action> actions);
    }

    public interface Task {}
}
