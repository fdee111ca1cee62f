package hudson.model;

import hudson.remoting.VirtualChannel;

public abstract class Computer extends Actionable {

    private Computer() {}

    public abstract VirtualChannel getChannel();

    public String getName() {
        return null;
    }
}
