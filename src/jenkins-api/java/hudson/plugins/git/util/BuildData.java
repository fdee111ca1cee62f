package hudson.plugins.git.util;

public class BuildData {

    public Build lastBuild;

    private BuildData() {}
}
