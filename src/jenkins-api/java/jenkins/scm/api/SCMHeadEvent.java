package jenkins.scm.api;

import hudson.scm.SCM;
import java.util.Map;

public abstract class SCMHeadEvent<P> extends SCMEvent<P> {

    public SCMHeadEvent(Type type, P payload, String origin) {
        super(type, payload, origin);
    }

    public static void fireNow(SCMHeadEvent<?> event) {}

    public abstract String getSourceName();

    public abstract Map<SCMHead, SCMRevision> heads(SCMSource source);

    public abstract boolean isMatch(SCMNavigator navigator);

    public boolean isMatch(SCMSource source) {
        return false;
    }

    public abstract boolean isMatch(SCM scm);
}
