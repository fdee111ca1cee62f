package hudson.plugins.git.util;

import hudson.plugins.git.Revision;

public class Build {

    public Revision marked;

    private Build() {}
}
