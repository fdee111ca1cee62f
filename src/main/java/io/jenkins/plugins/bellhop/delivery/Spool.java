package io.jenkins.plugins.bellhop.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Accepted deliveries that wait to be handled, one file each, in the order they came. What {@link #put} answered
 * {@code STORED} for survives a crash. Remembers which deliveries led to builds, so that one that the forge sends again
 * is recognised.
 */
public final class Spool {

    /** Deliveries that wait; at one a second, almost three hours of a stopped handler. */
    public static final int MOST_WAITING = 10_000;
    /** Bytes of all waiting deliveries. */
    public static final long LARGEST = 1L << 30;
    /** Deliveries that led to builds and are remembered. */
    public static final int MOST_REMEMBERED = 10_000;

    private final Path directory;
    private final int mostWaiting;
    private final long mostBytes;
    private final BuiltDeliveries built;
    private final KeptDeliveries kept;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private long bytes;
    private long sequence;

    /** @param onDisk false while it is being written: it holds its place, but can't be read yet */
    private record Waiting(String fileName, long size, boolean onDisk) {}

    /** Opens the spool, or makes it; deliveries that a crash left waiting are waiting again. */
    public Spool(Path directory) throws IOException {
        this(directory, MOST_WAITING, LARGEST);
    }

    Spool(Path directory, int mostWaiting, long mostBytes) throws IOException {
        this.directory = Durable.directory(directory);
        this.mostWaiting = mostWaiting;
        this.mostBytes = mostBytes;
        this.built = new BuiltDeliveries(directory.resolve("built"));
        this.kept = new KeptDeliveries(directory.resolve("kept"), KeptDeliveries.MOST, KeptDeliveries.LARGEST);
        Durable.removeUnfinished(directory);
        for (Path file : spooledFiles()) {
            String name = this.directory.relativize(file).toString();
            waiting.put(SpoolFile.keyIn(name), new Waiting(name, Files.size(file), true));
            bytes += Files.size(file);
            sequence = Math.max(sequence, SpoolFile.sequenceIn(name));
        }
        // Names order deliveries over restarts too, when no file tells any more how far they had come.
        sequence = Math.max(sequence, System.currentTimeMillis() * 1_000);
    }

    /** Stores the delivery durably. Blocks until it is on disk. */
    public Outcome put(VerifiedDelivery delivery) throws IOException {
        byte[] content = SpoolFile.write(delivery);
        String key = SpoolFile.keyOf(delivery);
        Waiting place;
        synchronized (this) {
            Waiting first = waiting.get(key);
            if (first != null && !first.onDisk()) {
                return Outcome.BUSY;
            }
            if (first != null || built.contains(key)) {
                return Outcome.REPEATED;
            }
            if (waiting.size() >= mostWaiting || bytes + content.length > mostBytes) {
                return Outcome.FULL;
            }
            place = new Waiting(SpoolFile.name(++sequence, key), content.length, false);
            waiting.put(key, place);
            bytes += content.length;
        }
        return written(key, place, content);
    }

    /** The slow part, outside the lock, so that deliveries don't wait for each other's disk. */
    private Outcome written(String key, Waiting place, byte[] content) throws IOException {
        try {
            Durable.write(directory.resolve(place.fileName()), content);
        } catch (IOException | RuntimeException | Error e) {
            forget(key);
            throw e;
        }
        synchronized (this) {
            waiting.put(key, new Waiting(place.fileName(), place.size(), true));
        }
        return Outcome.STORED;
    }

    /** The names of those that wait and can be read, oldest first; the later delivery has the greater name. */
    public synchronized List<String> waiting() {
        return waiting.values().stream()
                .filter(Waiting::onDisk)
                .map(Waiting::fileName)
                .sorted()
                .toList();
    }

    /** A text that is greater than the names of all deliveries so far, and less than those to come. */
    public synchronized String arrival() {
        return SpoolFile.arrival(++sequence);
    }

    /** @throws IOException also when the file isn't a whole delivery */
    public VerifiedDelivery read(String name) throws IOException {
        return SpoolFile.read(Files.readAllBytes(directory.resolve(name)));
    }

    /** The delivery needs no more handling. One that led to builds will not be taken again. */
    public void done(String name, boolean ledToBuilds) throws IOException {
        String key = SpoolFile.keyIn(name);
        if (ledToBuilds) {
            synchronized (this) {
                built.add(key);
            }
        }
        Path file = directory.resolve(name);
        if (!kept.take(file)) {
            Files.deleteIfExists(file);
        }
        forget(key);
    }

    /** Those that are done. */
    public KeptDeliveries kept() {
        return kept;
    }

    private synchronized void forget(String key) {
        Waiting gone = waiting.remove(key);
        bytes -= gone == null ? 0 : gone.size();
    }

    private List<Path> spooledFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> SpoolFile.isName(directory.relativize(file).toString()))
                    .toList();
        }
    }

    /** What became of a delivery. */
    public enum Outcome {
        STORED,
        /** It waits already, or led to builds before. */
        REPEATED,
        /** It is being written, which may yet fail: whether it will be handled nobody can say. */
        BUSY,
        FULL
    }
}
