package jenkins.scm.api.trait;

import java.util.Collection;
import java.util.List;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMSourceCriteria;

public abstract class SCMSourceContext<C extends SCMSourceContext<C, R>, R extends SCMSourceRequest> {

    public SCMSourceContext(SCMSourceCriteria criteria, SCMHeadObserver observer) {}

    public final List<SCMHeadPrefilter> prefilters() {
        return null;
    }

    public final C withTraits(Collection<SCMSourceTrait> traits) {
        return null;
    }
}
