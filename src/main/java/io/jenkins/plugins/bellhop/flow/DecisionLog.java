package io.jenkins.plugins.bellhop.flow;

/** Keeps what was decided and why. */
public interface DecisionLog {

    /** Bounded and quick: called on the request's thread too. */
    void add(Entry entry);

    /**
     * A request came to an address that no hook has; anybody can send one. Bounded and quick, and apart from the rest, so that
     * strangers push out nothing.
     *
     * @param hookPath as the request had it
     */
    default void unknownHook(String hookPath) {}
}
