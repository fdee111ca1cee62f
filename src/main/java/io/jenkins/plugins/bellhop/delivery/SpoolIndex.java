package io.jenkins.plugins.bellhop.delivery;

import io.jenkins.plugins.bellhop.delivery.Segment.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which deliveries wait, and where they lie. The {@link Spool} lets one thread in at a time. */
final class SpoolIndex {

    /** Also those that are still being written. */
    private final Map<String, Item> byKey = new HashMap<>();
    /** Those that are on disk. */
    private final NavigableMap<String, Item> byName = new TreeMap<>();

    private long bytes;

    /** A delivery that waits. */
    static final class Item {
        final long number;
        final String key;
        final String name;
        final KeptDelivery delivery;
        /** Null while it is being written: it holds its place, but can't be read yet. */
        private Place place;
        /** Whether it is being written down that it is done. */
        boolean isFinishing;

        Item(long number, String key, KeptDelivery delivery) {
            this.number = number;
            this.key = key;
            this.name = SpoolFile.name(number, key);
            this.delivery = delivery;
        }

        Place place() {
            return place;
        }

        boolean isOnDisk() {
            return place != null;
        }
    }

    /** On disk, or on its way there. */
    Optional<Item> withKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** On disk. */
    Optional<Item> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Without a place on disk yet. */
    void add(Item item) {
        byKey.put(item.key, item);
        bytes += item.delivery.size();
    }

    /** The item lies here from now on. */
    void place(Item item, Place place) {
        leave(item);
        item.place = place;
        place.segment().needed().incrementAndGet();
        byName.put(item.name, item);
    }

    /** It doesn't wait any more. Its place is no longer needed. */
    void remove(Item item) {
        leave(item);
        byKey.remove(item.key);
        byName.remove(item.name);
        bytes -= item.delivery.size();
    }

    private static void leave(Item item) {
        if (item.isOnDisk()) {
            item.place.segment().needed().decrementAndGet();
        }
    }

    int count() {
        return byKey.size();
    }

    long bytes() {
        return bytes;
    }

    /** Names of those on disk, oldest first. */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Those on disk whose name is greater, oldest first. */
    List<Item> after(String name) {
        return List.copyOf(byName.tailMap(name, false).values());
    }

    List<Item> in(Segment segment) {
        return byName.values().stream()
                .filter(item -> item.place.segment() == segment)
                .toList();
    }
}
