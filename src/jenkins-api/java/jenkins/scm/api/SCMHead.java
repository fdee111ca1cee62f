package jenkins.scm.api;

import hudson.model.Item;
import java.io.Serializable;

public class SCMHead implements Serializable {

    private static final long serialVersionUID = 1L;

    public SCMHead(String name) {}

    public String getName() {
        return null;
    }

    public SCMHeadOrigin getOrigin() {
        return null;
    }

    public abstract static class HeadByItem {

        public static SCMHead findHead(Item item) {
            return null;
        }
    }
}
