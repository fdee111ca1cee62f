package jenkins.model;

import hudson.model.Node;

public abstract class NodeListener {

    protected NodeListener() {}

    protected void onDeleted(Node node) {}
}
