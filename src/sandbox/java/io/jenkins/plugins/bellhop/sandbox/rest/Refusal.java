package io.jenkins.plugins.bellhop.sandbox.rest;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;

/** Ends a request with an error answer, in the words of whichever forge throws it. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    public Refusal(Answer answer) {
        super("Answered " + answer.status());
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
