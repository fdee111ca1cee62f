package io.jenkins.plugins.bellhop.decide;

import java.util.function.Function;

/** Whether an event takes away a build that was asked for before it, with the sentence that people read. */
public sealed interface Cancellation {

    /** A whole sentence that names the setting or fact that decided. */
    String reason();

    <T> T match(Function<Cancel, T> cancel, Function<Keep, T> keep);

    /** Nobody asks for the build any more: it leaves the queue, or is aborted. */
    record Cancel(String reason) implements Cancellation {
        @Override
        public <T> T match(Function<Cancel, T> cancel, Function<Keep, T> keep) {
            return cancel.apply(this);
        }
    }

    /** What asked for the build is over, but something else asks for it. */
    record Keep(String reason) implements Cancellation {
        @Override
        public <T> T match(Function<Cancel, T> cancel, Function<Keep, T> keep) {
            return keep.apply(this);
        }
    }
}
