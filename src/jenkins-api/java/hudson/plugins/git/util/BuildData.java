package hudson.plugins.git.util;

import hudson.plugins.git.Revision;
import java.util.Set;

public class BuildData {

    private BuildData() {}

    public Revision getLastBuiltRevision() {
        return null;
    }

    public Set<String> getRemoteUrls() {
        return null;
    }
}
