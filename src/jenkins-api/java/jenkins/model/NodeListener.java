package jenkins.model;

import hudson.model.Node;

public abstract class NodeListener {

    public NodeListener() {}

    protected void onDeleted(Node node) {}
}
