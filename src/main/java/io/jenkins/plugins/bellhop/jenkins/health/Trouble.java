package io.jenkins.plugins.bellhop.jenkins.health;

import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;

/** One row of the monitor: where something is wrong, what, and the page on which it can be mended. */
public final class Trouble {

    private final String where;
    private final String path;
    private final String sentence;
    private final String orphan;

    /** @param path below Jenkins' root */
    Trouble(String where, String path, String sentence) {
        this(where, path, sentence, "");
    }

    private Trouble(String where, String path, String sentence, String orphan) {
        this.where = where;
        this.path = path;
        this.sentence = sentence;
        this.orphan = orphan;
    }

    /** A connection that no item uses and that can't be removed at the forge. */
    static Trouble orphan(StoredConnection stored, String reason) {
        String where = stored.connection().repository().toString();
        return new Trouble(where, "", Messages.ConnectionMonitor_Orphan(reason), stored.id());
    }

    public String getWhere() {
        return where;
    }

    public String getPath() {
        return path;
    }

    /** The id of the connection that may be forgotten; empty when this isn't about one. */
    public String getOrphan() {
        return orphan;
    }

    public String getSentence() {
        return sentence;
    }
}
