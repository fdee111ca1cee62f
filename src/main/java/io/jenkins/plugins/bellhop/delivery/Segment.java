package io.jenkins.plugins.bellhop.delivery;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One file of a journal. Grows record by record while it is open, and is only read afterwards. */
final class Segment {

    private static final Logger LOGGER = Logger.getLogger(Segment.class.getName());
    private static final int FORMAT = 0x42484a31;

    private final Path file;
    private final Disk.Output output;
    private volatile long size;
    /** Records that somebody still needs. */
    private final AtomicInteger needed = new AtomicInteger();

    /** Where a record is. */
    record Place(Segment segment, long offset, int length) {}

    /** Told of each record. */
    interface Visitor {
        void found(JournalRecord.Content content, Place place);
    }

    private Segment(Path file, Disk.Output output, long size) {
        this.file = file;
        this.output = output;
        this.size = size;
    }

    /** The new file survives a crash before anything is in it. */
    static Segment create(Path file, Disk disk) throws IOException {
        Disk.Output output = disk.create(file);
        Segment segment = new Segment(file, output, 0);
        try {
            segment.write(ByteBuffer.allocate(Integer.BYTES).putInt(FORMAT).array());
            Durable.syncDirectory(file.getParent());
            return segment;
        } catch (IOException | RuntimeException | Error e) {
            segment.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** One that was written before the last start. */
    static Segment existing(Path file) throws IOException {
        return new Segment(file, null, Files.size(file));
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    AtomicInteger needed() {
        return needed;
    }

    Place append(JournalRecord written) throws IOException {
        Place place = new Place(this, size, written.size());
        write(written.head());
        write(written.body());
        return place;
    }

    private void write(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            output.write(bytes);
            size += bytes.length;
        }
    }

    void sync() throws IOException {
        output.sync();
    }

    /** Nothing is written any more, and as far as that can be done, what came after the first {@code length} bytes is gone. */
    void giveUp(long length) {
        try {
            output.cut(length);
            size = length;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not cut a broken journal; what is left over is passed over", e);
        }
        close();
    }

    boolean isEmpty() {
        return size <= Integer.BYTES;
    }

    void close() {
        try {
            if (output != null) {
                output.close();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not close a journal", e);
        }
    }

    /** The record after its prefix. */
    byte[] read(Place place) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            opened.seek(place.offset());
            int length = opened.readInt();
            int checksum = opened.readInt();
            if (length != place.length() - JournalRecord.PREFIX) {
                throw unreadable(place.offset());
            }
            byte[] afterPrefix = new byte[length];
            opened.readFully(afterPrefix);
            if (!JournalRecord.isIntact(afterPrefix, length, checksum)) {
                throw unreadable(place.offset());
            }
            return afterPrefix;
        }
    }

    private IOException unreadable(long offset) {
        return new IOException("expected a record at byte " + offset + " of " + file.getFileName()
                + " with the length and checksum it was written with, found another");
    }

    /** Finds whatever is whole. The last record may not be: it was never acknowledged. */
    void scan(Visitor visitor) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (size < Integer.BYTES || in.readInt() != FORMAT) {
                LOGGER.log(Level.WARNING, "Passed over {0}, which is no journal", file);
                return;
            }
            byte[] buffer = new byte[1 << 16];
            long offset = Integer.BYTES;
            while (size - offset >= JournalRecord.PREFIX) {
                int length = in.readInt();
                int checksum = in.readInt();
                if (length < JournalRecord.SHORTEST
                        || length > JournalRecord.LONGEST
                        || length > size - offset - JournalRecord.PREFIX) {
                    break;
                }
                buffer = buffer.length < length ? new byte[length] : buffer;
                in.readFully(buffer, 0, length);
                tell(visitor, buffer, checksum, new Place(this, offset, JournalRecord.PREFIX + length));
                offset += JournalRecord.PREFIX + length;
            }
            if (offset < size) {
                LOGGER.log(
                        Level.WARNING,
                        "Passed over {0} bytes at the end of {1}. If a crash cut its last record short, nothing is lost: that"
                                + " was not acknowledged",
                        new Object[] {size - offset, file});
            }
        }
    }

    private void tell(Visitor visitor, byte[] afterPrefix, int checksum, Place place) {
        int length = place.length() - JournalRecord.PREFIX;
        try {
            if (!JournalRecord.isIntact(afterPrefix, length, checksum)) {
                throw unreadable(place.offset());
            }
            visitor.found(JournalRecord.content(afterPrefix, length), place);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Passed over a damaged record; if it was a delivery, it is lost", e);
        }
    }
}
