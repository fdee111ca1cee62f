package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Jenkins' queue as it lies on disk. Jenkins itself writes it within a minute only, and tells nobody when it can't. */
public final class SavedQueue {

    private static final Logger LOGGER = Logger.getLogger(SavedQueue.class.getName());

    private final Queue queue;
    private final Path file;

    public SavedQueue(Queue queue, Path file) {
        this.queue = queue;
        this.file = file;
    }

    /**
     * Whether the item survives a crash from now on: it was written, or it has begun and is about to be written as a build. Any
     * other item is taken out of the queue again.
     */
    boolean keeps(Queue.Item item) {
        // Jenkins writes, and shows, only those items that the current user may see: on a thread of ours nobody's.
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            queue.save();
            return isWritten(item.getId()) || !withdraw(item.getId());
        }
    }

    /**
     * Takes the item out of the queue, also out of the one on disk; false when it has left the queue already.
     */
    boolean remove(Queue.Item item) {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            boolean removed = withdraw(item.getId());
            queue.save();
            if (removed && isWritten(item.getId())) {
                LOGGER.log(
                        Level.WARNING,
                        "Jenkins could not write its queue; a crash would bring item {0} back, which was cancelled",
                        item.getId());
            }
            return removed;
        }
    }

    /** Reads as Latin-1, which no byte is wrong in. */
    private boolean isWritten(long id) {
        String element = "<id>" + id + "</id>";
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.strip().equals(element));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** An item is another object in each state that it goes through, hence the lock. */
    private boolean withdraw(long id) {
        AtomicBoolean withdrawn = new AtomicBoolean();
        Queue.withLock(() -> {
            Queue.Item item = queue.getItem(id);
            withdrawn.set(item != null && queue.cancel(item));
        });
        return withdrawn.get();
    }
}
