package hudson.model.queue;

public abstract class CauseOfBlockage {

    public abstract String getShortDescription();

    public boolean isFatal() {
        return false;
    }
}
