package io.jenkins.plugins.bellhop.delivery;

import io.jenkins.plugins.bellhop.delivery.Segment.Place;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deliveries that were handled, so that they can be looked at and handled again. The oldest go first. They stay where the
 * {@link Spool} put them, so the signature of each was checked when it arrived.
 */
public final class KeptDeliveries {

    /** Deliveries that are kept. */
    public static final int MOST = 1_000;
    /** Bytes of all kept deliveries. */
    public static final long LARGEST = 100L << 20;

    /** By key, the newest last. */
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private long bytes;

    private record Kept(Place place, KeptDelivery delivery) {}

    public synchronized int count() {
        return kept.size();
    }

    /** Bytes of all of them. */
    public synchronized long bytes() {
        return bytes;
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
            return Optional.of(JournalRecord.delivery(found.place().segment().read(found.place())));
        } catch (FileNotFoundException droppedMeanwhile) {
            return Optional.empty();
        }
    }

    /** @param place is needed from now on */
    synchronized void add(String key, Place place, KeptDelivery delivery) {
        drop(kept.remove(key));
        kept.put(key, new Kept(place, delivery));
        place.segment().needed().incrementAndGet();
        bytes += delivery.size();
        while (kept.size() > MOST || bytes > LARGEST) {
            drop(kept.remove(kept.keySet().iterator().next()));
        }
    }

    synchronized void dropAllIn(Segment segment) {
        kept.values().removeIf(one -> {
            boolean isIn = one.place().segment() == segment;
            if (isIn) {
                drop(one);
            }
            return isIn;
        });
    }

    private void drop(Kept one) {
        if (one != null) {
            bytes -= one.delivery().size();
            one.place().segment().needed().decrementAndGet();
        }
    }
}
