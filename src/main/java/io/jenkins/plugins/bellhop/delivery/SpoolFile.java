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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One spooled delivery as a file. Its name is a sequence number and a hash of hook and delivery id, never text from
 * outside; signature headers aren't kept, since nothing checks them again.
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
        return String.format("%0" + SEQUENCE_DIGITS + "d-%s.delivery", sequence, key);
    }

    static long sequenceIn(String name) {
        return Long.parseLong(name.substring(0, SEQUENCE_DIGITS));
    }

    static String keyIn(String name) {
        return name.substring(SEQUENCE_DIGITS + 1, SEQUENCE_DIGITS + 1 + KEY_DIGITS);
    }

    /** Forges number deliveries for each hook, so the hook is part of it. */
    static String keyOf(VerifiedDelivery delivery) {
        try {
            byte[] id = (delivery.hookId() + "\n" + delivery.id()).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id);
            return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static byte[] write(VerifiedDelivery delivery) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(FORMAT);
        out.writeUTF(delivery.hookId());
        out.writeUTF(delivery.id().text());
        out.writeUTF(delivery.event());
        out.writeUTF(delivery.header("Content-Type").orElse(""));
        byte[] body = delivery.delivery().body();
        out.writeInt(body.length);
        out.write(body);
        return bytes.toByteArray();
    }

    static VerifiedDelivery read(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        if (in.readInt() != FORMAT) {
            throw new IOException("expected a spooled delivery, found another kind of file");
        }
        String hookId = in.readUTF();
        DeliveryId id = new DeliveryId(in.readUTF());
        String event = in.readUTF();
        Map<String, List<String>> headers = new TreeMap<>(Map.of("Content-Type", List.of(in.readUTF())));
        byte[] body = new byte[in.readInt()];
        in.readFully(body);
        if (in.read() >= 0) {
            throw new EOFException("expected the end of a spooled delivery, found more bytes");
        }
        try {
            return new VerifiedDelivery(new Delivery(hookId, Headers.of(headers), body), id, event);
        } catch (TooLarge e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
