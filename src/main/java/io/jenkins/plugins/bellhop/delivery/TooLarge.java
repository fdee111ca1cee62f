package io.jenkins.plugins.bellhop.delivery;

/** Something from outside is over its bound. The message says which, how large at least, and what is allowed. */
public final class TooLarge extends Exception {

    private static final long serialVersionUID = 1L;

    public TooLarge(String what, long foundAtLeast, long allowed) {
        super("expected " + what + " of at most " + allowed + " bytes, found " + foundAtLeast + " or more");
    }
}
