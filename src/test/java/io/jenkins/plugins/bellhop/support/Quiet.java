package io.jenkins.plugins.bellhop.support;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what a class logs out of the build's output, for the test to look at. */
public final class Quiet extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());

    private Quiet(Logger logger) {
        this.logger = logger;
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    public static Quiet logger(Class<?> type) {
        return new Quiet(Logger.getLogger(type.getName()));
    }

    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord entry) {
        messages.add(new SimpleFormatter().formatMessage(entry));
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
