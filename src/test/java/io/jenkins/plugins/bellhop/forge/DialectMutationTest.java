package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.forge.Fixtures.Fixture;
import io.jenkins.plugins.bellhop.support.Seed;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to a payload, only a reading or an {@link UnreadablePayload} comes of it. */
class DialectMutationTest {

    private static final int MUTANTS_OF_EACH = 50;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What no fixture holds in its place. */
    private static final List<String> STRANGE = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "9223372036854775808",
            "\"\"",
            "\" \"",
            "\"/\"",
            "\"a/b\"",
            "\"refs/heads/\"",
            "\"refs/heads/..\"",
            "\"refs/tags/-x\"",
            "\"refs/heads/\\ud800\"",
            "\"\\u0000\"",
            "[]",
            "{}",
            "[[]]",
            "{\"id\": {}}",
            "\"0000000000000000000000000000000000000000\"",
            "\"DELETE\"",
            "\"tag\"",
            "\"{}\"",
            "\"refs/notes/x\"",
            "[null]",
            "[{}]",
            "\"" + "x".repeat(5000) + "\"");

    private int readings;
    private int refusals;

    @Test
    void aPayloadCutAnywhereIsUnreadable() {
        for (Fixture fixture : Fixtures.all()) {
            byte[] body =
                    new String(fixture.body(), StandardCharsets.UTF_8).trim().getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < body.length; length += 31) {
                tryIt(fixture, fixture.delivery().withBody(Arrays.copyOf(body, length)), fixture + " cut at " + length);
            }
        }
        assertThat(readings).isZero();
        assertThat(refusals).isPositive();
    }

    @Test
    void aPayloadWithAMemberTakenAwayOrExchangedIsReadOrRefused() throws IOException {
        Seed seed = Seed.fresh("DialectMutationTest, members");
        Random random = seed.random();
        for (Fixture fixture : Fixtures.all()) {
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                JsonNode tree = MAPPER.readTree(fixture.body());
                for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                    changeOne(tree, random);
                }
                tryIt(fixture, fixture.delivery().withBody(MAPPER.writeValueAsBytes(tree)), fixture + " of " + seed);
            }
        }
        assertThat(readings).isPositive();
        assertThat(refusals).isPositive();
    }

    @Test
    void aPayloadWithChangedBytesIsReadOrRefused() {
        Seed seed = Seed.fresh("DialectMutationTest, bytes");
        Random random = seed.random();
        for (Fixture fixture : Fixtures.all()) {
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                byte[] body = fixture.body();
                body[random.nextInt(body.length)] = (byte) random.nextInt();
                Signed delivery = fixture.delivery().withBody(body);
                tryIt(
                        fixture,
                        random.nextBoolean() ? delivery : delivery.withContentType(FORM),
                        fixture + " of " + seed);
            }
        }
        assertThat(readings).isPositive();
        assertThat(refusals).isPositive();
    }

    private void tryIt(Fixture fixture, Signed delivery, String as) {
        try {
            Reading reading = fixture.read(delivery);
            assertThat(ReadingText.of(reading)).as(as).isNotBlank();
            readings++;
        } catch (UnreadablePayload refused) {
            assertThat(refused.getMessage())
                    .as(as)
                    .matches("(?s)unreadable payload at (\\$|form)[\\w.\\[\\]]*: .*")
                    .hasSizeLessThan(Quoted.LONGEST + 300)
                    .doesNotContainPattern("[\\x00-\\x1f\\x7f]");
            refusals++;
        } catch (RuntimeException | StackOverflowError fault) {
            throw new AssertionError(as, fault);
        }
    }

    private static void changeOne(JsonNode tree, Random random) throws IOException {
        List<ObjectNode> objects = new ArrayList<>();
        collect(tree, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            object.put("unknown", 1);
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(3) == 0) {
            object.remove(name);
            return;
        }
        object.set(name, MAPPER.readTree(STRANGE.get(random.nextInt(STRANGE.size()))));
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(child -> collect(child, objects));
        }
    }
}
