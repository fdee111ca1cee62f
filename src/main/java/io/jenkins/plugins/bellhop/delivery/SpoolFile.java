package io.jenkins.plugins.bellhop.delivery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One spooled delivery as bytes, and its name: a sequence number and a hash of hook and delivery id, never text from outside.
 * Signature headers aren't kept, since nothing checks them again. Earlier versions kept each in a file of that name.
 */
final class SpoolFile {

    private static final int FORMAT = 0x42484f31;
    private static final Pattern NAME = Pattern.compile("\\d{19}-[0-9a-f]{32}\\.delivery");
    private static final int SEQUENCE_DIGITS = 19;
    private static final int KEY_DIGITS = 32;

    private SpoolFile() {}

    static boolean isName(String fileName) {
        return NAME.matcher(fileName).matches();
    }

    static String name(long sequence, String key) {
        return arrival(sequence) + "-" + key + ".delivery";
    }

    static String arrival(long sequence) {
        return String.format("%0" + SEQUENCE_DIGITS + "d", sequence);
    }

    static long sequenceIn(String name) {
        return Long.parseLong(name.substring(0, SEQUENCE_DIGITS));
    }

    static String keyIn(String name) {
        return name.substring(SEQUENCE_DIGITS + 1, SEQUENCE_DIGITS + 1 + KEY_DIGITS);
    }

    /** Forges number deliveries for each hook, so the hook is part of it. */
    static String keyOf(VerifiedDelivery delivery) {
        return keyOf(delivery.hookId(), delivery.id().text());
    }

    static String keyOf(String hookId, String deliveryId) {
        try {
            byte[] id = (hookId + "\n" + deliveryId).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id);
            return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** All but the body, which follows. */
    static byte[] head(VerifiedDelivery delivery) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(FORMAT);
        out.writeUTF(delivery.hookId());
        out.writeUTF(delivery.id().text());
        out.writeUTF(delivery.event());
        out.writeUTF(delivery.header("Content-Type").orElse(""));
        out.writeInt(delivery.delivery().body().length);
        return bytes.toByteArray();
    }

    /** Reads the beginning alone. */
    static KeptDelivery describe(DataInputStream in, Instant storedAt, long size) throws IOException {
        checkFormat(in);
        String hookId = in.readUTF();
        return new KeptDelivery(hookId, id(in), in.readUTF(), storedAt, size);
    }

    private static void checkFormat(DataInputStream in) throws IOException {
        if (in.readInt() != FORMAT) {
            throw new IOException("expected a spooled delivery, found something else");
        }
    }

    private static DeliveryId id(DataInputStream in) throws IOException {
        try {
            return new DeliveryId(in.readUTF());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** @throws IOException whatever else the bytes are */
    static VerifiedDelivery read(ByteArrayInputStream content) throws IOException {
        DataInputStream in = new DataInputStream(content);
        checkFormat(in);
        String hookId = in.readUTF();
        DeliveryId id = id(in);
        String event = in.readUTF();
        Map<String, List<String>> headers = Map.of("Content-Type", List.of(in.readUTF()));
        int length = in.readInt();
        if (length != content.available()) {
            throw new EOFException(
                    "expected a spooled delivery's body of " + length + " bytes, found " + content.available());
        }
        try {
            return new VerifiedDelivery(new Delivery(hookId, Headers.of(headers), in.readAllBytes()), id, event);
        } catch (TooLarge e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
