package io.jenkins.plugins.bellhop.jenkins.checkout;

/**
 * A key directory on a node, noted before it is made, so that it is found again whatever happens.
 *
 * @param id the directory's own name
 * @param node its name; empty for Jenkins itself
 * @param path of the directory on the node
 * @param run the build's id in Jenkins
 * @param withAgent whether an ssh-agent belongs to it
 * @param ended whether the block that used it is over, so that nothing needs it any more
 */
record KeyPlace(String id, String node, String path, String run, boolean withAgent, boolean ended) {

    KeyPlace asEnded() {
        return new KeyPlace(id, node, path, run, withAgent, true);
    }
}
