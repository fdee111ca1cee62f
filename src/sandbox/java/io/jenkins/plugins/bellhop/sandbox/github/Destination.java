package io.jenkins.plugins.bellhop.sandbox.github;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;

/** The route that a request takes, and the request as that route sees it. */
record Destination(Route route, Call call) {

    /** Carries the request out if its token may. */
    Answer answer() {
        try {
            call.target()
                    .ifPresentOrElse(
                            repository -> route.need().check(call.token(), repository),
                            () -> route.need().check(call.token()));
            return route.action().apply(call);
        } catch (Refused refused) {
            return refused.answer();
        }
    }
}
