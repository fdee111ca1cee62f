package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.delivery.Body.UnsupportedEncoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that never ends must not hold up the build either. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class BodyTest {

    private static final byte[] JSON = "{\"zen\":\"Keep it logically awesome.\"}".getBytes(StandardCharsets.UTF_8);

    /** What may be read beyond the bound before it is noticed. */
    private static final int SLACK = 64 * 1024;

    @Test
    void readsTheBytesAsSent() throws Exception {
        assertThat(read(JSON, "identity")).isEqualTo(JSON);
        assertThat(Body.read(new ByteArrayInputStream(JSON), OptionalLong.empty(), Headers.of(Map.of())))
                .isEqualTo(JSON);
        assertThat(read(new byte[0], "identity")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP"})
    void inflatesAGzippedBody(String encoding) throws Exception {
        assertThat(read(gzipped(JSON), encoding)).isEqualTo(JSON);
        assertThat(read(gzipped(new byte[0]), encoding)).isEmpty();
    }

    @Test
    void inflatesBodiesOfEveryLength() throws Exception {
        Random random = new Random(7);
        for (int length = 0; length < 1_200; length++) {
            byte[] body = new byte[length];
            random.nextBytes(body);
            assertThat(read(gzipped(body), "gzip")).isEqualTo(body);
        }
    }

    @Test
    void takesTheLargestAndNotAByteMore() throws Exception {
        assertThat(read(new byte[Body.LARGEST], "identity")).hasSize(Body.LARGEST);
        assertThatThrownBy(() -> read(new byte[Body.LARGEST + 1], "identity"))
                .isInstanceOf(TooLarge.class)
                .hasMessage("expected a body of at most 26214400 bytes, found 26214401 or more");
    }

    @Test
    void takesTheLargestInflatedAndNotAByteMore() throws Exception {
        assertThat(read(gzipped(new byte[Body.LARGEST]), "gzip")).hasSize(Body.LARGEST);
        assertThatThrownBy(() -> read(gzipped(new byte[Body.LARGEST + 1]), "gzip"))
                .isInstanceOf(TooLarge.class);
    }

    @Test
    void refusesALargerClaimWithoutReading() {
        Endless unread = new Endless(new byte[] {'x'});

        assertThatThrownBy(() -> Body.read(unread, OptionalLong.of(Body.LARGEST + 1L), encoding("identity")))
                .isInstanceOf(TooLarge.class);
        assertThat(unread.read).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, Body.LARGEST})
    void believesNoSmallerClaim(long claim) throws Exception {
        assertThat(Body.read(new ByteArrayInputStream(JSON), OptionalLong.of(claim), encoding("identity")))
                .isEqualTo(JSON);
        assertThatThrownBy(() -> Body.read(
                        new ByteArrayInputStream(new byte[Body.LARGEST + 1]),
                        OptionalLong.of(claim),
                        encoding("identity")))
                .isInstanceOf(TooLarge.class);
    }

    @Test
    void givesUpOnAnEndlessBody() {
        Endless endless = new Endless(new byte[] {'x'});

        assertThatThrownBy(() -> Body.read(endless, OptionalLong.empty(), encoding("identity")))
                .isInstanceOf(TooLarge.class);
        assertThat(endless.read).isLessThan(Body.LARGEST + SLACK);
    }

    @Test
    void givesUpOnAnEndlessGzippedBodyThatInflatesToNothing() {
        // A header, then stored blocks of no bytes, none of them the last.
        byte[] header = Arrays.copyOf(gzipped(JSON), 10);
        Endless endless = new Endless(header, new byte[] {0, 0, 0, (byte) 0xff, (byte) 0xff});

        assertThatThrownBy(() -> Body.read(endless, OptionalLong.empty(), encoding("gzip")))
                .isInstanceOf(TooLarge.class);
        assertThat(endless.read).isLessThan(Body.LARGEST + SLACK);
    }

    @Test
    void givesUpOnABodyThatInflatesBeyondMeasure() throws Exception {
        byte[] bomb = gzipped(new byte[10 * Body.LARGEST]);

        assertThat(bomb).hasSizeLessThan(Body.LARGEST / 50);
        assertThatThrownBy(() -> read(bomb, "gzip")).isInstanceOf(TooLarge.class);
    }

    @Test
    void survivesAMillionEmptyGzipMembers() {
        byte[] member = gzipped(new byte[0]);
        byte[] members = new byte[member.length * 1_000_000];
        for (int i = 0; i < members.length; i += member.length) {
            System.arraycopy(member, 0, members, i, member.length);
        }

        assertThat(members).hasSizeLessThan(Body.LARGEST);
        assertThatThrownBy(() -> read(members, "gzip")).isInstanceOf(UnsupportedEncoding.class);
    }

    @Test
    void refusesATruncatedGzippedBodyWhereverItWasCut() throws Exception {
        byte[] whole = gzipped(JSON);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut, "gzip"))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(UnsupportedEncoding.class)
                    .hasMessage("expected a gzipped body, as Content-Encoding says, found other bytes");
        }
    }

    @Test
    void refusesBytesThatAreNotGzipOrMoreThanThat() {
        byte[] longer = Arrays.copyOf(gzipped(JSON), gzipped(JSON).length + 1);

        assertThatThrownBy(() -> read(JSON, "gzip")).isInstanceOf(UnsupportedEncoding.class);
        assertThatThrownBy(() -> read(longer, "gzip")).isInstanceOf(UnsupportedEncoding.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "x-gzip", "gzip, gzip", "gzip,identity", "zstd"})
    void refusesOtherEncodingsWithoutReading(String encoding) {
        Endless unread = new Endless(new byte[] {'x'});

        assertThatThrownBy(() -> Body.read(unread, OptionalLong.empty(), encoding(encoding)))
                .isInstanceOf(UnsupportedEncoding.class)
                .hasMessage("expected a body as it is or gzipped, found another Content-Encoding");
        assertThat(unread.read).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void aBrokenConnectionIsNotTakenForAWrongEncoding(String encoding) {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("connection closed");
            }
        };

        assertThatThrownBy(() -> Body.read(broken, OptionalLong.empty(), encoding(encoding)))
                .isInstanceOf(EOFException.class)
                .hasMessage("connection closed");
    }

    private static byte[] read(byte[] sent, String encoding) throws Exception {
        return Body.read(new ByteArrayInputStream(sent), OptionalLong.empty(), encoding(encoding));
    }

    private static Headers encoding(String encoding) {
        try {
            return Headers.of(Map.of("Content-Encoding", List.of(encoding)));
        } catch (TooLarge e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** Says the same for ever, and counts how much of it somebody listened to. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte[] repeated;
        private long read;

        Endless(byte[] repeated) {
            this(new byte[0], repeated);
        }

        Endless(byte[] start, byte[] repeated) {
            this.start = start;
            this.repeated = repeated;
        }

        @Override
        public int read() {
            long at = read++;
            byte next = at < start.length ? start[(int) at] : repeated[(int) ((at - start.length) % repeated.length)];
            return next & 0xff;
        }
    }
}
