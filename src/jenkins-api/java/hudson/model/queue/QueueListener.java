package hudson.model.queue;

import hudson.model.Queue;

public abstract class QueueListener {

    public void onEnterWaiting(Queue.WaitingItem wi) {}

    public void onLeft(Queue.LeftItem item) {}
}
