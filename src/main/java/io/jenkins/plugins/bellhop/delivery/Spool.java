package io.jenkins.plugins.bellhop.delivery;

import io.jenkins.plugins.bellhop.delivery.Journal.Appending;
import io.jenkins.plugins.bellhop.delivery.JournalRecord.Done;
import io.jenkins.plugins.bellhop.delivery.JournalRecord.Stored;
import io.jenkins.plugins.bellhop.delivery.Segment.Place;
import io.jenkins.plugins.bellhop.delivery.SpoolIndex.Item;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Accepted deliveries that wait to be handled, in the order they came, and the newest of those that were. They lie in a
 * {@link Journal}. What {@link #put} answered {@code STORED} for survives a crash. Remembers which deliveries led to builds,
 * so that one that the forge sends again is recognised.
 */
public final class Spool implements AutoCloseable {

    /** Deliveries that wait; at one a second, almost three hours of a stopped handler. */
    public static final int MOST_WAITING = 10_000;
    /** Bytes of all waiting deliveries. */
    public static final long LARGEST = 1L << 30;
    /** Deliveries that led to builds and are remembered. */
    public static final int MOST_REMEMBERED = 10_000;
    /** Parts of the journal that may lie there for nothing before what waits is moved together. */
    private static final int SPARE_SEGMENTS = 4;

    private static final Logger LOGGER = Logger.getLogger(Spool.class.getName());

    private final int mostWaiting;
    private final long mostBytes;
    private final long spare;
    private final OneProcess process;
    private final Journal journal;
    private final Sequence sequence;
    private final BuiltDeliveries built;
    private final KeptDeliveries kept = new KeptDeliveries();
    private final SpoolIndex index = new SpoolIndex();
    private final ReentrantLock tidying = new ReentrantLock();

    /** A delivery that waits and can be read. */
    public record Waiting(String name, String hookId) {}

    /**
     * Opens the spool, or makes it; deliveries that a crash left waiting are waiting again.
     *
     * @throws IOException also when another process has it open
     */
    public Spool(Path directory) throws IOException {
        this(directory, MOST_WAITING, LARGEST);
    }

    Spool(Path directory, int mostWaiting, long mostBytes) throws IOException {
        this(directory, mostWaiting, mostBytes, Disk.REAL, Journal.SEGMENT);
    }

    Spool(Path directory, int mostWaiting, long mostBytes, Disk disk, long segment) throws IOException {
        this.mostWaiting = mostWaiting;
        this.mostBytes = mostBytes;
        this.spare = KeptDeliveries.LARGEST + SPARE_SEGMENTS * segment;
        Durable.directory(directory);
        process = new OneProcess(directory);
        try {
            Durable.removeUnfinished(directory);
            built = new BuiltDeliveries(directory.resolve("built"));
            sequence = new Sequence(directory.resolve("sequence"));
            journal = new Journal(directory, disk, segment);
            journal.scan(this::found);
            new EarlierSpool(directory).moveInto(this::take);
        } catch (IOException | RuntimeException | Error e) {
            process.close();
            throw e;
        }
        tidy();
    }

    private void found(JournalRecord.Content content, Place place) {
        if (content instanceof Stored stored) {
            String key = SpoolFile.keyOf(
                    stored.delivery().hookId(), stored.delivery().id().text());
            // An earlier copy was moved, or could not be stored for certain, and the forge sent it again.
            index.withKey(key).ifPresent(index::remove);
            Item item = new Item(stored.sequence(), key, stored.delivery());
            index.add(item);
            index.place(item, place);
            sequence.isUsed(stored.sequence());
        } else if (content instanceof Done done) {
            foundDone(done);
            sequence.isUsed(done.sequence());
        }
    }

    private void foundDone(Done done) {
        if (done.ledToBuilds()) {
            built.add(done.key());
        }
        index.withKey(done.key()).filter(item -> item.number <= done.sequence()).ifPresent(this::keep);
    }

    private void take(long number, Instant storedAt, VerifiedDelivery delivery) throws IOException {
        String key = SpoolFile.keyOf(delivery);
        if (index.withKey(key).isEmpty() && !built.contains(key)) {
            JournalRecord moved = JournalRecord.stored(number, storedAt, delivery);
            KeptDelivery known =
                    new KeptDelivery(delivery.hookId(), delivery.id(), delivery.event(), storedAt, moved.size());
            journal.await(journal.append(moved, true, place -> found(new Stored(number, known), place)));
        }
    }

    /** Stores the delivery durably. Blocks until it is on disk. */
    public Outcome put(VerifiedDelivery delivery) throws IOException {
        String key = SpoolFile.keyOf(delivery);
        Instant now = Instant.now();
        Item item;
        Appending appending;
        synchronized (this) {
            Optional<Item> first = index.withKey(key);
            if (first.isPresent() && !first.get().isOnDisk()) {
                return Outcome.BUSY;
            }
            if (first.isPresent() || built.contains(key)) {
                return Outcome.REPEATED;
            }
            long number = sequence.next();
            JournalRecord content = JournalRecord.stored(number, now, delivery);
            if (index.count() >= mostWaiting || index.bytes() + content.size() > mostBytes) {
                return Outcome.FULL;
            }
            item = new Item(
                    number,
                    key,
                    new KeptDelivery(delivery.hookId(), delivery.id(), delivery.event(), now, content.size()));
            index.add(item);
            appending = journal.append(content, true, place -> isOnDisk(item, place));
        }
        return stored(item, appending);
    }

    private Outcome stored(Item item, Appending appending) throws IOException {
        try {
            journal.await(appending);
            return Outcome.STORED;
        } catch (IOException | RuntimeException | Error e) {
            synchronized (this) {
                index.remove(item);
            }
            throw e;
        }
    }

    private synchronized void isOnDisk(Item item, Place place) {
        index.place(item, place);
    }

    /** The names of those that wait and can be read, oldest first; the later delivery has the greater name. */
    public synchronized List<String> waiting() {
        return index.names();
    }

    /** Bytes of those that wait. */
    public synchronized long bytes() {
        return index.bytes();
    }

    /** Those with a greater name, oldest first. What comes later never has a smaller name than one that was here. */
    public synchronized List<Waiting> waitingAfter(String name) {
        return index.after(name).stream()
                .map(item -> new Waiting(item.name, item.delivery.hookId()))
                .toList();
    }

    /** A text that is greater than the names of all deliveries so far, and less than those to come. */
    public String arrival() {
        return SpoolFile.arrival(sequence.next());
    }

    /** @throws IOException also when it doesn't wait any more, or isn't whole */
    public VerifiedDelivery read(String name) throws IOException {
        while (true) {
            Place place = placeOf(name);
            try {
                return JournalRecord.delivery(place.segment().read(place));
            } catch (FileNotFoundException e) {
                if (placeOf(name).equals(place)) {
                    throw e;
                }
            }
        }
    }

    private synchronized Place placeOf(String name) throws IOException {
        return index.named(name)
                .map(Item::place)
                .orElseThrow(() -> new IOException("expected a delivery that waits, found none by the name " + name));
    }

    /** The delivery needs no more handling. One that led to builds will not be taken again, whatever crashes. */
    public void done(String name, boolean ledToBuilds) throws IOException {
        Item item;
        Appending mark;
        synchronized (this) {
            Optional<Item> waiting = index.named(name).filter(one -> !one.isFinishing);
            if (waiting.isEmpty()) {
                return;
            }
            item = waiting.get();
            item.isFinishing = true;
            mark = journal.append(
                    JournalRecord.done(item.number, item.key, ledToBuilds),
                    ledToBuilds,
                    place -> isDone(item, ledToBuilds));
        }
        try {
            journal.await(mark);
        } catch (IOException | RuntimeException | Error e) {
            synchronized (this) {
                item.isFinishing = false;
            }
            throw e;
        }
        tidy();
    }

    private synchronized void isDone(Item item, boolean ledToBuilds) {
        if (ledToBuilds) {
            built.add(item.key);
        }
        keep(item);
    }

    private void keep(Item item) {
        kept.add(item.key, item.place(), item.delivery);
        index.remove(item);
    }

    /** Those that are done. */
    public KeptDeliveries kept() {
        return kept;
    }

    /** Removes what nobody needs any more from the journal's beginning. What can't be removed now is tried again later. */
    private void tidy() {
        if (!tidying.tryLock()) {
            return;
        }
        try {
            for (Optional<Segment> oldest = journal.oldest(); oldest.isPresent(); oldest = journal.oldest()) {
                if (isTooLarge()) {
                    carryOver(oldest.get());
                }
                if (oldest.get().needed().get() > 0) {
                    return;
                }
                // It may be the only one to say which deliveries led to builds.
                built.save();
                journal.remove(oldest.get());
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not remove handled deliveries", e);
        } finally {
            tidying.unlock();
        }
    }

    private synchronized boolean isTooLarge() {
        return journal.size() > 2 * index.bytes() + spare;
    }

    /** One delivery that waits for days must not keep all that came after it. */
    private void carryOver(Segment oldest) throws IOException {
        List<Item> left;
        synchronized (this) {
            kept.dropAllIn(oldest);
            left = index.in(oldest);
        }
        for (Item item : left) {
            carryOver(item);
        }
    }

    private void carryOver(Item item) throws IOException {
        Place before = item.place();
        JournalRecord copy = JournalRecord.again(before.segment().read(before));
        Appending appending;
        synchronized (this) {
            // A copy behind the mark that it is done would make it wait again.
            if (item.isFinishing || index.named(item.name).isEmpty()) {
                return;
            }
            appending = journal.append(copy, true, place -> isOnDisk(item, place));
        }
        journal.await(appending);
    }

    /** From now on another may open the directory. Until this process ends, what comes is stored all the same. */
    public void letGo() throws IOException {
        process.close();
    }

    /** What waits stays on disk. Nothing can be stored any more. */
    @Override
    public void close() throws IOException {
        journal.close();
        process.close();
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
