package hudson.slaves;

public final class WorkspaceList {

    public static final String COMBINATOR = null;

    private WorkspaceList() {}
}
