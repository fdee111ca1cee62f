package io.jenkins.plugins.bellhop.key;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the data types of SSH: RFC 4251, section 5. */
final class WireWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    WireWriter uint32(int value) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        return this;
    }

    WireWriter string(byte[] value) {
        uint32(value.length);
        return raw(value);
    }

    WireWriter string(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A positive number: two's complement, big-endian, as short as possible, which is how BigInteger spells it. */
    WireWriter mpint(BigInteger value) {
        return string(value.toByteArray());
    }

    WireWriter raw(byte... value) {
        bytes.writeBytes(value);
        return this;
    }

    int length() {
        return bytes.size();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
