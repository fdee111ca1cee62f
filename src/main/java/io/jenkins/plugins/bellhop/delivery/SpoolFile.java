package io.jenkins.plugins.bellhop.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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

    /** Reads the beginning alone. */
    static KeptDelivery describe(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            checkFormat(in);
            return new KeptDelivery(
                    in.readUTF(),
                    new DeliveryId(in.readUTF()),
                    in.readUTF(),
                    Files.getLastModifiedTime(file).toInstant(),
                    Files.size(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void checkFormat(DataInputStream in) throws IOException {
        if (in.readInt() != FORMAT) {
            throw new IOException("expected a spooled delivery, found another kind of file");
        }
    }

    /** @throws IOException whatever else the bytes are */
    static VerifiedDelivery read(byte[] content) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(content);
        DataInputStream in = new DataInputStream(bytes);
        checkFormat(in);
        String hookId = in.readUTF();
        String id = in.readUTF();
        String event = in.readUTF();
        Map<String, List<String>> headers = Map.of("Content-Type", List.of(in.readUTF()));
        int length = in.readInt();
        if (length != bytes.available()) {
            throw new EOFException(
                    "expected a spooled delivery's body of " + length + " bytes, found " + bytes.available());
        }
        try {
            return new VerifiedDelivery(
                    new Delivery(hookId, Headers.of(headers), in.readAllBytes()), new DeliveryId(id), event);
        } catch (TooLarge | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
