package io.jenkins.plugins.bellhop.decide;

/** Something that a rule has to know could not be found out. Neither Build nor Skip: ask again later. */
public final class Undecided extends Exception {

    private static final long serialVersionUID = 1L;

    public Undecided(String sentence) {
        super(sentence);
    }
}
