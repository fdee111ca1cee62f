package io.jenkins.plugins.bellhop.flow;

/** Keeps what was decided and why. */
public interface DecisionLog {

    /** Bounded and quick: called on the request's thread too. */
    void add(Entry entry);
}
