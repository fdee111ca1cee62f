package hudson.triggers;

import hudson.model.Describable;
import hudson.model.Item;

public abstract class Trigger<J extends Item> implements Describable<Trigger<?>> {

    private Trigger() {}

    public void stop() {}

    public final String getSpec() {
        return null;
    }

    @Override
    public TriggerDescriptor getDescriptor() {
        return null;
    }
}
