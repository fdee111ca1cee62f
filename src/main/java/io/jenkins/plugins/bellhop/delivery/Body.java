package io.jenkins.plugins.bellhop.delivery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Reads a request's body up to a bound, whatever length it claims, and inflates it when it came gzipped. */
public final class Body {

    /** Bytes, as sent and as inflated. GitHub itself sends no payload over 25 MB. */
    public static final int LARGEST = 25 * 1024 * 1024;

    private static final int BUFFER = 16 * 1024;
    /** Bytes of checksum and length; the signature says more than they do. */
    private static final int GZIP_TRAILER = 8;

    private Body() {}

    /**
     * Reads the body that the forge signed: as sent, or inflated with {@code Content-Encoding: gzip}, since a proxy may
     * have packed it on the way.
     *
     * @param claimedLength the {@code Content-Length}, absent when the request has none
     * @throws TooLarge as soon as more than {@link #LARGEST} bytes are claimed or read
     * @throws UnsupportedEncoding for any encoding but gzip and identity, and for bytes that aren't gzip
     */
    public static byte[] read(InputStream sent, OptionalLong claimedLength, Headers headers)
            throws IOException, TooLarge, UnsupportedEncoding {
        if (claimedLength.isPresent() && claimedLength.getAsLong() > LARGEST) {
            throw new TooLarge("a body", claimedLength.getAsLong(), LARGEST);
        }
        String encoding = headers.first("Content-Encoding").orElse("identity");
        if (encoding.equalsIgnoreCase("identity")) {
            return bounded(sent);
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new UnsupportedEncoding("expected a body as it is or gzipped, found another Content-Encoding");
        }
        return inflated(bounded(sent));
    }

    /** One gzip member alone: {@link GZIPInputStream} follows further ones by recursion, until the stack is full. */
    private static byte[] inflated(byte[] sent) throws TooLarge, UnsupportedEncoding {
        Inflater inflater = new Inflater(true);
        try {
            InputStream in = new ByteArrayInputStream(sent);
            // Reads the header and not a byte more.
            new GZIPInputStream(in).close();
            byte[] body = bounded(new InflaterInputStream(in, inflater));
            if (inflater.getRemaining() + in.available() != GZIP_TRAILER) {
                throw new EOFException();
            }
            return body;
        } catch (IOException e) {
            throw new UnsupportedEncoding("expected a gzipped body, as Content-Encoding says, found other bytes");
        } finally {
            inflater.end();
        }
    }

    private static byte[] bounded(InputStream in) throws IOException, TooLarge {
        ByteArrayOutputStream read = new ByteArrayOutputStream(BUFFER);
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (read.size() + n > LARGEST) {
                throw new TooLarge("a body", (long) read.size() + n, LARGEST);
            }
            read.write(buffer, 0, n);
        }
        return read.toByteArray();
    }

    /** The body's encoding isn't one that we read. */
    public static final class UnsupportedEncoding extends Exception {
        private static final long serialVersionUID = 1L;

        UnsupportedEncoding(String message) {
            super(message);
        }
    }
}
