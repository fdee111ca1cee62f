package hudson.plugins.git;

import org.eclipse.jgit.lib.ObjectId;

public class Revision {

    public Revision(ObjectId commit) {}

    public String getSha1String() {
        return null;
    }
}
