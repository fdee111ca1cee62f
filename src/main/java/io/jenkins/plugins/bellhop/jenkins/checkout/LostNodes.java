package io.jenkins.plugins.bellhop.jenkins.checkout;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes away, before a node builds again, the keys that it was left with when it was lost. */
@Extension
public final class LostNodes extends ComputerListener {

    private static final Logger LOGGER = Logger.getLogger(LostNodes.class.getName());

    @Override
    public void preOnline(Computer computer, Channel channel, FilePath root, TaskListener listener)
            throws InterruptedException {
        sweep(computer, root);
    }

    /** Jenkins itself comes online without being asked before. */
    @Override
    public void onOnline(Computer computer, TaskListener listener) throws InterruptedException {
        if (computer.getName().isEmpty()) {
            sweep(
                    computer,
                    new FilePath(computer.getChannel(), Wiring.get().home().getPath()));
        }
    }

    /** A fault here must not keep the node offline. */
    private static void sweep(Computer computer, FilePath root) throws InterruptedException {
        try {
            PlacedKeys.sweep(computer.getName(), root);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Bellhop couldn't take away old keys from " + computer.getName());
        }
    }
}
