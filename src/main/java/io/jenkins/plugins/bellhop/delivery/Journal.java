package io.jenkins.plugins.bellhop.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Records in files that only grow, each file called by its number. Whoever waits for the disk waits together: one thread writes
 * what all of them brought and waits for the disk once. Files go only oldest first, so that what a record says of an
 * earlier one is never gone before that one.
 */
final class Journal implements AutoCloseable {

    /** Bytes after which a new file begins; at most one batch of that size and one record more are in it. */
    static final long SEGMENT = 8L << 20;

    private static final Pattern NAME = Pattern.compile("\\d{10}\\.journal");

    private final Path directory;
    private final Disk disk;
    private final long segmentSize;
    private final Deque<Segment> segments = new ConcurrentLinkedDeque<>();
    private final Deque<Appending> line = new ArrayDeque<>();
    private boolean writing;
    private boolean closed;
    /** Only the one that writes changes these; none when the next record begins a file. */
    private volatile Segment open;

    private long number;

    /** A record on its way to the disk. */
    static final class Appending {
        private final JournalRecord content;
        private final boolean durable;
        private final Consumer<Segment.Place> written;
        private Segment.Place place;
        private Throwable failure;
        private boolean over;

        private Appending(JournalRecord content, boolean durable, Consumer<Segment.Place> written) {
            this.content = content;
            this.durable = durable;
            this.written = written;
        }
    }

    Journal(Path directory, Disk disk, long segmentSize) throws IOException {
        this.directory = directory;
        this.disk = disk;
        this.segmentSize = segmentSize;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList()) {
                segments.add(Segment.existing(file));
                number = Long.parseLong(file.getFileName().toString().substring(0, 10));
            }
        }
    }

    /** All records, oldest first. */
    void scan(Segment.Visitor visitor) throws IOException {
        for (Segment segment : segments) {
            segment.scan(visitor);
        }
    }

    /**
     * Takes a place in the line; records are written in this order. Returns at once.
     *
     * @param durable whether it has to survive a crash of the machine, and not of the process alone
     * @param written called when it is, before {@link #await} returns; for one record after the other
     */
    synchronized Appending append(JournalRecord content, boolean durable, Consumer<Segment.Place> written) {
        Appending appending = new Appending(content, durable, written);
        line.add(appending);
        return appending;
    }

    /** Blocks until the record is written. @throws IOException when it isn't, and may be forgotten */
    void await(Appending appending) throws IOException {
        // An interrupt is for this thread, and the record of others may be at stake; whether it is on disk has to be
        // known first.
        boolean interrupted = Thread.interrupted();
        while (isTurnToWrite(appending)) {
            interrupted |= Thread.interrupted();
            List<Appending> batch = batch();
            try {
                write(batch);
            } finally {
                over(batch);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (appending.failure != null) {
            throw new IOException("the journal could not be written", appending.failure);
        }
    }

    private synchronized boolean isTurnToWrite(Appending appending) {
        boolean interrupted = false;
        while (writing && !appending.over) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!appending.over) {
            writing = true;
        }
        return !appending.over;
    }

    private synchronized List<Appending> batch() {
        List<Appending> batch = new ArrayList<>();
        long bytes = 0;
        while (!line.isEmpty() && bytes < segmentSize) {
            batch.add(line.remove());
            bytes += batch.get(batch.size() - 1).content.size();
        }
        return batch;
    }

    private synchronized void over(List<Appending> batch) {
        batch.forEach(appending -> appending.over = true);
        writing = false;
        notifyAll();
    }

    private void write(List<Appending> batch) {
        long before = open == null ? 0 : open.size();
        try {
            openWithRoom();
            before = open.size();
            for (Appending appending : batch) {
                appending.place = open.append(appending.content);
            }
            if (batch.stream().anyMatch(appending -> appending.durable)) {
                open.sync();
            }
        } catch (IOException | RuntimeException | Error e) {
            giveUp(before);
            batch.forEach(appending -> appending.failure = e);
            return;
        }
        batch.forEach(appending -> appending.written.accept(appending.place));
    }

    private void openWithRoom() throws IOException {
        if (closed) {
            throw new IOException("expected an open journal, found it closed");
        }
        if (open != null && open.size() >= segmentSize) {
            open.sync();
            open.close();
            open = null;
        }
        if (open == null) {
            number++;
            open = Segment.create(directory.resolve(String.format("%010d.journal", number)), disk);
            segments.add(open);
        }
    }

    /** After a failure nobody knows what the file holds, and a later success would not mean that it holds all. */
    private void giveUp(long length) {
        if (open != null) {
            open.giveUp(length);
            if (open.isEmpty() && open.file().toFile().delete()) {
                segments.remove(open);
            }
            open = null;
        }
    }

    /** Bytes of all files. */
    long size() {
        return segments.stream().mapToLong(Segment::size).sum();
    }

    /** The file that would go next; empty when there is only the one that is written. */
    Optional<Segment> oldest() {
        return Optional.ofNullable(segments.peek()).filter(segment -> segment != open);
    }

    /** Nobody needs its records any more. */
    void remove(Segment oldest) throws IOException {
        Files.deleteIfExists(oldest.file());
        segments.remove(oldest);
    }

    /** Nothing can be appended any more. */
    @Override
    public synchronized void close() {
        while (writing) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        closed = true;
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
