package hudson.model;

import hudson.FilePath;

public abstract class Node {

    protected Node() {}

    public abstract String getNodeName();

    public abstract FilePath getRootPath();
}
