package io.jenkins.plugins.bellhop.jenkins.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * What is to be done by and by, each thing once, however often it is asked for while it waits.
 *
 * @param <T> what is to be done it with; compared by {@code equals}
 */
public final class Waiting<T> {

    private static final Logger LOGGER = Logger.getLogger(Waiting.class.getName());

    private final Executor threads;
    private final Consumer<T> work;
    private final Set<T> waiting = ConcurrentHashMap.newKeySet();

    public Waiting(Executor threads, Consumer<T> work) {
        this.threads = threads;
        this.work = work;
    }

    /** Returns at once; does nothing once the threads are shut down. */
    public void add(T one) {
        if (waiting.add(one)) {
            try {
                threads.execute(() -> run(one));
            } catch (RejectedExecutionException e) {
                LOGGER.fine("Closed already");
            }
        }
    }

    /** What is asked for from now on may have changed since. */
    private void run(T one) {
        waiting.remove(one);
        work.accept(one);
    }
}
