package hudson.model;

import hudson.remoting.VirtualChannel;
import hudson.security.AccessControlled;
import hudson.security.Permission;

public abstract class Computer extends Actionable implements AccessControlled {

    public static final Permission BUILD = null;

    private Computer() {}

    public abstract VirtualChannel getChannel();

    public Node getNode() {
        return null;
    }

    public String getName() {
        return null;
    }
}
