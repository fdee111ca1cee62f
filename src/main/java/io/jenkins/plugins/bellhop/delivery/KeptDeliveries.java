package io.jenkins.plugins.bellhop.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Deliveries that were handled, so that they can be looked at and handled again. The oldest go first. They come from the
 * {@link Spool} alone, so the signature of each was checked when it arrived. A crash may lose the newest.
 */
public final class KeptDeliveries {

    /** Deliveries that are kept. */
    public static final int MOST = 1_000;
    /** Bytes of all kept deliveries. */
    public static final long LARGEST = 100L << 20;

    private static final Logger LOGGER = Logger.getLogger(KeptDeliveries.class.getName());

    private final Path directory;
    private final int most;
    private final long mostBytes;
    /** By key, the newest last. */
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private long bytes;

    private record Kept(Path file, KeptDelivery delivery) {}

    KeptDeliveries(Path directory, int most, long mostBytes) throws IOException {
        this.directory = Durable.directory(directory);
        this.most = most;
        this.mostBytes = mostBytes;
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> SpoolFile.isName(file.getFileName().toString()))
                    .sorted()
                    .forEach(this::found);
        }
    }

    /** Those of one hook, newest first. */
    public synchronized List<KeptDelivery> ofHook(String hookId, int limit) {
        List<KeptDelivery> found = new ArrayList<>();
        for (Kept one : kept.values()) {
            if (one.delivery().hookId().equals(hookId)) {
                found.add(0, one.delivery());
            }
        }
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    /** Empty also when it was dropped to make room; of one that came twice, the later copy. */
    public Optional<VerifiedDelivery> find(String hookId, String deliveryId) throws IOException {
        Kept found;
        synchronized (this) {
            found = kept.get(SpoolFile.keyOf(hookId, deliveryId));
        }
        if (found == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(SpoolFile.read(Files.readAllBytes(found.file())));
        } catch (NoSuchFileException droppedMeanwhile) {
            return Optional.empty();
        }
    }

    /**
     * Takes a spooled delivery's file over.
     *
     * @return false when it isn't a whole delivery; then it stays where it is
     */
    synchronized boolean take(Path spooled) throws IOException {
        KeptDelivery delivery;
        try {
            delivery = SpoolFile.describe(spooled);
        } catch (IOException unreadable) {
            return false;
        }
        Path file = directory.resolve(spooled.getFileName());
        Files.move(spooled, file, StandardCopyOption.ATOMIC_MOVE);
        add(file, delivery);
        return true;
    }

    private void found(Path file) {
        try {
            add(file, SpoolFile.describe(file));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "A delivery that was handled can't be read again; it is removed", e);
            delete(file);
        }
    }

    private void add(Path file, KeptDelivery delivery) {
        String key = SpoolFile.keyOf(delivery.hookId(), delivery.id().text());
        drop(kept.remove(key));
        kept.put(key, new Kept(file, delivery));
        bytes += delivery.size();
        while (kept.size() > most || bytes > mostBytes) {
            drop(kept.remove(kept.keySet().iterator().next()));
        }
    }

    private void drop(Kept one) {
        if (one != null) {
            bytes -= one.delivery().size();
            delete(one.file());
        }
    }

    /** What can't be removed now is dropped again at the next start. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not remove a kept delivery", e);
        }
    }
}
