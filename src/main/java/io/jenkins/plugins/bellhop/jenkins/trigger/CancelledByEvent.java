package io.jenkins.plugins.bellhop.jenkins.trigger;

import java.util.Objects;
import jenkins.model.CauseOfInterruption;

/** Why a build was aborted: the sentence of the event that took it away. The field's name is a file format. */
public final class CancelledByEvent extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    public CancelledByEvent(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String getShortDescription() {
        return sentence;
    }

    /** Jenkins keeps equal ones once. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CancelledByEvent that && sentence.equals(that.sentence);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sentence);
    }
}
