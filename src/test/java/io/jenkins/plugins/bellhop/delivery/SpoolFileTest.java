package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.support.Seed;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolFileTest {

    private static final int MUTATIONS = 5_000;
    private static final VerifiedDelivery PUSH =
            Signed.push("{\"zen\":\"Ünï\"}").withHook("hook-1").withId("id-1").verified();

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        VerifiedDelivery read = read(bytes(PUSH));

        assertThat(read.hookId()).isEqualTo("hook-1");
        assertThat(read.id()).isEqualTo(PUSH.id());
        assertThat(read.event()).isEqualTo("push");
        assertThat(read.header("Content-Type")).contains("application/json");
        assertThat(read.body()).isEqualTo(PUSH.body());
    }

    @Test
    void aContentTypeThatWasNotThereStaysAway() throws IOException {
        VerifiedDelivery read =
                read(bytes(Signed.push("{}").withContentType(" ").verified()));

        assertThat(read.header("Content-Type")).isEmpty();
    }

    @Test
    void signaturesAreNotKept() throws IOException {
        assertThat(new String(bytes(PUSH), StandardCharsets.ISO_8859_1)).doesNotContain("sha256");
    }

    @Test
    void aNameTellsSequenceAndKeyAndNothingFromOutside() {
        String key = SpoolFile.keyOf(
                Signed.push("{}").withHook("../hook").withId("some-id").verified());
        String name = SpoolFile.name(42, key);

        assertThat(SpoolFile.isName(name)).isTrue();
        assertThat(SpoolFile.sequenceIn(name)).isEqualTo(42);
        assertThat(SpoolFile.keyIn(name)).isEqualTo(key);
        assertThat(name).matches("[0-9]{19}-[0-9a-f]{32}\\.delivery");
    }

    @Test
    void namesOfLaterSequencesSortLater() {
        String key = SpoolFile.keyOf(PUSH);

        assertThat(SpoolFile.name(9, key)).isLessThan(SpoolFile.name(10, key));
        assertThat(SpoolFile.name(10, key)).isLessThan(SpoolFile.name(Long.MAX_VALUE, key));
    }

    @Test
    void hookAndIdTogetherMakeTheKey() {
        Signed push = Signed.push("{}").withHook("hook").withId("1");
        String key = SpoolFile.keyOf(push.verified());

        assertThat(SpoolFile.keyOf(push.withBody(new byte[1]).withEvent("ping").verified()))
                .isEqualTo(key);
        assertThat(SpoolFile.keyOf(push.withHook("hook2").verified())).isNotEqualTo(key);
        assertThat(SpoolFile.keyOf(push.withId("2").verified())).isNotEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "built",
                "0000000000000000001-0123456789abcdef0123456789abcdef.delivery.unfinished",
                "1-0123456789abcdef0123456789abcdef.delivery",
                "0000000000000000001-../x.delivery",
                ""
            })
    void otherFilesAreNoDeliveries(String name) {
        assertThat(SpoolFile.isName(name)).isFalse();
    }

    @Test
    void aFileCutAnywhereIsUnreadable() throws IOException {
        byte[] whole = bytes(PUSH);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).as("%d bytes", length).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileWithMoreThanADeliveryIsUnreadable() throws IOException {
        byte[] whole = bytes(PUSH);

        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length + 1))).isInstanceOf(IOException.class);
    }

    @Test
    void somethingElseIsUnreadable() {
        assertThatThrownBy(() -> read("something else".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage("expected a spooled delivery, found something else");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0})
    void aLengthThatIsNotTheBodysIsUnreadable(int length) throws IOException {
        byte[] content = bytes(PUSH);
        ByteBuffer.wrap(content).putInt(content.length - PUSH.body().length - Integer.BYTES, length);

        assertThatThrownBy(() -> read(content)).isInstanceOf(IOException.class);
    }

    @Test
    void anIdThatNoVerifierLetsThroughIsUnreadable() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0x42484f31);
        for (String text : new String[] {"hook", "not an id", "push", "application/json"}) {
            out.writeUTF(text);
        }
        out.writeInt(0);

        assertThatThrownBy(() -> read(bytes.toByteArray()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a delivery id");
    }

    @Test
    void changedBytesNeverMakeMoreThanAnUnreadableFile() throws IOException {
        Seed seed = Seed.fresh("SpoolFileTest");
        Random random = seed.random();
        byte[] whole = bytes(PUSH);
        int unreadable = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                assertThat(read(changed).body()).as("%s", seed).hasSameSizeAs(PUSH.body());
            } catch (IOException expected) {
                unreadable++;
            }
        }
        assertThat(unreadable).as("unreadable ones of %s", seed).isBetween(MUTATIONS / 10, MUTATIONS - 1);
    }

    private static VerifiedDelivery read(byte[] content) throws IOException {
        return SpoolFile.read(new ByteArrayInputStream(content));
    }

    private static byte[] bytes(VerifiedDelivery delivery) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(SpoolFile.head(delivery));
        bytes.write(delivery.body());
        return bytes.toByteArray();
    }
}
