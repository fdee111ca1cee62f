package io.jenkins.plugins.bellhop.bench;

import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.flow.DecisionLog;
import io.jenkins.plugins.bellhop.flow.Dispatcher;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.Handler;
import io.jenkins.plugins.bellhop.flow.Memory;
import io.jenkins.plugins.bellhop.flow.StoredDecisions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All that lies behind the spool, as Jenkins wires it, with everything on disk. Remembers what was handled. */
final class Back implements DecisionLog, AutoCloseable {

    private final Landscape landscape;
    private final StoredDecisions decisions;
    private final Dispatcher dispatcher;
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());

    Back(Path directory, Spool spool, Landscape landscape) throws IOException {
        this.landscape = landscape;
        this.decisions = new StoredDecisions(directory.resolve("decisions"), Clock.systemUTC());
        this.dispatcher = new Dispatcher(
                spool,
                new Handler(landscape, landscape, landscape, Memory.in(directory), this, Clock.systemUTC()),
                landscape,
                () -> false);
    }

    @Override
    public void add(Entry entry) {
        decisions.add(entry);
        entry.deliveryId().ifPresent(handled::add);
    }

    Landscape landscape() {
        return landscape;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Ids of deliveries, once for each time that they were decided. */
    List<String> handled() {
        return List.copyOf(handled);
    }

    @Override
    public void close() {
        dispatcher.close();
        decisions.close();
    }
}
