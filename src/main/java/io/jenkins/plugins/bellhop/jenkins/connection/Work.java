package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Something to do that nobody waits for. */
interface Work {

    void run() throws IOException, ConnectFailure, ForgeFailure;

    /** A failure is logged and ends nothing else: the next round comes to it again. */
    static void quietly(String what, Work work) {
        try {
            work.run();
        } catch (IOException | ConnectFailure | ForgeFailure | RuntimeException e) {
            Logger.getLogger(Work.class.getName())
                    .log(Level.WARNING, "Could not " + what + "; it is tried again within the hour", e);
        }
    }
}
