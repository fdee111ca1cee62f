package io.jenkins.plugins.bellhop.jenkins.checkout;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Node;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.NodeListener;

/** Nothing is to be taken away from a node that was deleted. */
@Extension
public final class DeletedNodes extends NodeListener {

    private static final Logger LOGGER = Logger.getLogger(DeletedNodes.class.getName());

    @Override
    protected void onDeleted(@NonNull Node node) {
        try {
            Wiring.get().keyPlaces().forgetNode(node.getNodeName());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Bellhop couldn't forget the node " + node.getNodeName());
        }
    }
}
