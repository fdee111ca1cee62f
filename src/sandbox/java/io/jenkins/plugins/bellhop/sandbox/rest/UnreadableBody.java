package io.jenkins.plugins.bellhop.sandbox.rest;

/** A request's body isn't the JSON object it should be; each forge has its own answer to that. */
public final class UnreadableBody extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableBody() {
        super("The body is no JSON object");
    }
}
