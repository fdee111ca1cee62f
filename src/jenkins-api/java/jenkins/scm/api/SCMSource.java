package jenkins.scm.api;

import hudson.model.Describable;
import hudson.model.Item;
import java.util.List;
import jenkins.scm.api.trait.SCMSourceTrait;

public abstract class SCMSource implements Describable<SCMSource> {

    protected SCMSource() {}

    public final synchronized SCMSourceOwner getOwner() {
        return null;
    }

    public List<SCMSourceTrait> getTraits() {
        return null;
    }

    public abstract static class SourceByItem {

        public static SCMSource findSource(Item item) {
            return null;
        }
    }
}
