package io.jenkins.plugins.bellhop.delivery;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a request's body up to a bound, whatever length it claims, and inflates it when it came gzipped. */
public final class Body {

    /** Bytes, as sent and as inflated. GitHub itself sends no payload over 25 MB. */
    public static final int LARGEST = 25 * 1024 * 1024;

    private static final int BUFFER = 16 * 1024;

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
            throw new UnsupportedEncoding("expected a body as it is or gzipped, found Content-Encoding " + encoding);
        }
        return inflated(sent);
    }

    private static byte[] inflated(InputStream sent) throws IOException, TooLarge, UnsupportedEncoding {
        try {
            return bounded(new GZIPInputStream(sent, BUFFER));
        } catch (ZipException | EOFException e) {
            throw new UnsupportedEncoding("expected a gzipped body, as Content-Encoding says, found other bytes");
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
