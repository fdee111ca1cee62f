package io.jenkins.plugins.bellhop.sandbox.rest;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;

/** The route that a request takes, and the request as that route sees it. */
public record Destination<N extends Requirement>(Route<N> route, Call call) {

    /** Carries the request out if its sender may, else throws the refusal. */
    public Answer answer() {
        route.need().check(call);
        return route.action().apply(call);
    }
}
