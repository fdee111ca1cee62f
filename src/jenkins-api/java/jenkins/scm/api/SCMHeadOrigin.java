package jenkins.scm.api;

import java.io.Serializable;

public abstract class SCMHeadOrigin implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final SCMHeadOrigin.Default DEFAULT = null;

    public SCMHeadOrigin() {}

    @SuppressWarnings("serial")
    public static final class Default extends SCMHeadOrigin {

        private Default() {}
    }
}
