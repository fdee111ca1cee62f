package hudson.plugins.git;

public class Revision {

    private Revision() {}

    public String getSha1String() {
        return null;
    }
}
