package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.util.List;

/** A repository could not be connected or disconnected. The message says what failed, and what was left behind, if any. */
public final class ConnectFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean mayPass;

    /** @param mayPass whether the same attempt may go through later without anybody changing anything */
    public ConnectFailure(String sentence, boolean mayPass, List<String> leftovers) {
        super(leftovers.isEmpty() ? sentence : sentence + " Still there: " + String.join("; ", leftovers) + ".");
        this.mayPass = mayPass;
    }

    /** The forge can't be asked at all, so that nothing was left behind. */
    public static ConnectFailure of(ForgeFailure failure) {
        return new ConnectFailure(failure.getMessage(), failure.mayPass(), List.of());
    }

    public boolean mayPass() {
        return mayPass;
    }
}
