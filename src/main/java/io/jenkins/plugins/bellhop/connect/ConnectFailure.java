package io.jenkins.plugins.bellhop.connect;

import java.util.List;

/** A repository could not be connected or disconnected. The message says what failed, and what was left behind, if any. */
public final class ConnectFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    /** @param mayPass whether the same attempt may go through later without anybody changing anything */
    ConnectFailure(String sentence, boolean mayPass, List<String> leftovers) {
        super(leftovers.isEmpty() ? sentence : sentence + " Still there: " + String.join("; ", leftovers) + ".");
        this.mayPass = mayPass;
    }

    public boolean mayPass() {
        return mayPass;
    }
}
