package io.jenkins.plugins.bellhop.delivery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * One record of a journal as bytes: length and checksum of what follows, the kind, the delivery's sequence number, and then
 * either the delivery or what came of it.
 *
 * @param body the delivery's body, apart so that it isn't copied; empty in other records
 */
record JournalRecord(byte[] head, byte[] body) {

    /** Bytes before those that the checksum is about. */
    static final int PREFIX = 2 * Integer.BYTES;
    /** Bytes after the prefix: a body, headers that are all text, and little else. */
    static final int LONGEST = Body.LARGEST + 4 * Headers.LARGEST;
    /** Bytes after the prefix that any record has. */
    static final int SHORTEST = Byte.BYTES + Long.BYTES;

    private static final byte STORED = 1;
    private static final byte DONE = 2;
    /** Of a stored delivery, before {@link SpoolFile}'s own format. */
    private static final int BEFORE_CONTENT = SHORTEST + Long.BYTES;

    private static final byte[] NOTHING = {};

    /** What a record says. */
    sealed interface Content permits Stored, Done {}

    /** A delivery came. */
    record Stored(long sequence, KeptDelivery delivery) implements Content {}

    /** A delivery is done, and so is every copy of it that came earlier. */
    record Done(long sequence, String key, boolean ledToBuilds) implements Content {}

    static JournalRecord stored(long sequence, Instant at, VerifiedDelivery delivery) throws IOException {
        byte[] head = SpoolFile.head(delivery);
        return whole(
                STORED,
                sequence,
                ByteBuffer.allocate(Long.BYTES + head.length)
                        .putLong(at.toEpochMilli())
                        .put(head)
                        .array(),
                delivery.delivery().body());
    }

    static JournalRecord done(long sequence, String key, boolean ledToBuilds) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeUTF(key);
            out.writeBoolean(ledToBuilds);
            return whole(DONE, sequence, bytes.toByteArray(), NOTHING);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes whatever is written", e);
        }
    }

    /** One that was read before. */
    static JournalRecord again(byte[] afterPrefix) {
        return whole(afterPrefix, NOTHING);
    }

    private static JournalRecord whole(byte kind, long sequence, byte[] rest, byte[] body) {
        byte[] start = ByteBuffer.allocate(SHORTEST + rest.length)
                .put(kind)
                .putLong(sequence)
                .put(rest)
                .array();
        return whole(start, body);
    }

    private static JournalRecord whole(byte[] start, byte[] body) {
        CRC32C checksum = new CRC32C();
        checksum.update(start);
        checksum.update(body);
        ByteBuffer head = ByteBuffer.allocate(PREFIX + start.length)
                .putInt(start.length + body.length)
                .putInt((int) checksum.getValue())
                .put(start);
        return new JournalRecord(head.array(), body);
    }

    int size() {
        return head.length + body.length;
    }

    static boolean isIntact(byte[] afterPrefix, int length, int expected) {
        CRC32C checksum = new CRC32C();
        checksum.update(afterPrefix, 0, length);
        return (int) checksum.getValue() == expected;
    }

    /** @throws IOException for a record that isn't one of ours, although its checksum is right */
    static Content content(byte[] afterPrefix, int length) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(afterPrefix, 0, length));
        byte kind = in.readByte();
        long sequence = in.readLong();
        if (kind == DONE) {
            return new Done(sequence, in.readUTF(), in.readBoolean());
        }
        if (kind == STORED) {
            Instant at = Instant.ofEpochMilli(in.readLong());
            return new Stored(sequence, SpoolFile.describe(in, at, PREFIX + (long) length));
        }
        throw new IOException("expected a delivery or what came of it, found a record of kind " + kind);
    }

    static VerifiedDelivery delivery(byte[] afterPrefix) throws IOException {
        if (afterPrefix.length < BEFORE_CONTENT || afterPrefix[0] != STORED) {
            throw new IOException("expected a delivery, found another record");
        }
        return SpoolFile.read(
                new ByteArrayInputStream(afterPrefix, BEFORE_CONTENT, afterPrefix.length - BEFORE_CONTENT));
    }
}
