package hudson.model;

import hudson.model.queue.QueueTaskFuture;
import java.util.List;

public class Queue {

    private Queue() {}

    public List<Item> getItems(Task task) {
        return null;
    }

    public interface Executable {}

    public abstract static class Item extends Actionable {

        public final Task task = null;

        private Item() {}

        public long getId() {
            return 0;
        }

        public QueueTaskFuture<Executable> getFuture() {
            return null;
        }
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
