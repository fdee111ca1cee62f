package io.jenkins.plugins.bellhop.jenkins.health;

/** One row of the monitor: where something is wrong, what, and the page on which it can be mended. */
public final class Trouble {

    private final String where;
    private final String path;
    private final String sentence;

    /** @param path below Jenkins' root */
    Trouble(String where, String path, String sentence) {
        this.where = where;
        this.path = path;
        this.sentence = sentence;
    }

    public String getWhere() {
        return where;
    }

    public String getPath() {
        return path;
    }

    public String getSentence() {
        return sentence;
    }
}
