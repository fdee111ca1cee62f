package io.jenkins.plugins.bellhop.sandbox.rest;

/** What a route asks of whoever calls it. */
public interface Requirement {

    /** Lets the call pass, or throws the forge's {@link Refusal}. */
    void check(Call call);
}
