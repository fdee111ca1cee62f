package io.jenkins.plugins.bellhop.connect;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where connections are kept with what is being changed. What {@link #change} returned from survives a crash. */
public interface CustodyStore {

    Optional<Custody> custody(String connectionId);

    /** Writes the whole change or nothing of it; does nothing when the connection is gone. */
    void change(String connectionId, UnaryOperator<Custody> change) throws IOException;
}
