package jenkins.scm.api;

public abstract class SCMHeadObserver {

    public SCMHeadObserver() {}

    public static None none() {
        return null;
    }

    public static final class None extends SCMHeadObserver {

        private None() {}
    }
}
