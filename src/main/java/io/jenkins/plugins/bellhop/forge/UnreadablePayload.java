package io.jenkins.plugins.bellhop.forge;

/** A payload isn't what its forge documents. The message names the place (a JSON path) and what was expected there. */
public final class UnreadablePayload extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadablePayload(String path, String problem) {
        super("unreadable payload at " + path + ": " + problem);
    }
}
