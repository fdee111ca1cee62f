package io.jenkins.plugins.bellhop.forge;

/** Says in words why one kind of forge refused a call. */
public interface Refusals {

    /** @param answer of any status but 2xx */
    ForgeFailure explain(Answer answer, Need need);
}
