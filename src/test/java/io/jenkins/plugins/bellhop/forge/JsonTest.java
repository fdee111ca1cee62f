package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.delivery.Body;
import io.jenkins.plugins.bellhop.event.GitRef;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void aPlaceKnowsItsPath() throws UnreadablePayload {
        Json json = parse("{\"a\": {\"b\": [{\"c\": \"x\"}, {\"c\": \"y\"}]}}");

        assertThat(json.path()).isEqualTo("$");
        assertThat(json.at("a").at("b").items().get(1).at("c").path()).isEqualTo("$.a.b[1].c");
        assertThat(json.at("a").at("b").items().get(1).at("c").text()).isEqualTo("y");
    }

    @Test
    void whatIsMissingOrNullIsAbsent() throws UnreadablePayload {
        Json json = parse("{\"null\": null, \"text\": \"\", \"yes\": true}");

        assertThat(json.find("null")).isEmpty();
        assertThat(json.find("missing")).isEmpty();
        assertThat(json.findText("null")).isEmpty();
        assertThat(json.findText("text")).contains("");
        assertThat(json.flag("null")).isFalse();
        assertThat(json.flag("missing")).isFalse();
        assertThat(json.flag("yes")).isTrue();
    }

    @Test
    void whatMustBeThereIsNamedWithItsPath() throws UnreadablePayload {
        Json json = parse("{\"a\": {\"null\": null}}");

        assertUnreadable(() -> json.at("a").at("b"), "$.a.b: expected a value, found none");
        assertUnreadable(() -> json.at("a").at("null"), "$.a.null: expected a value, found none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|a text|\"7\"",
                "true|a text|\"true\"",
                "{}|a text|an object",
                "[]|a text|a list",
                "\"7\"|a whole number|\"7\"",
                "7.0|a whole number|\"7.0\"",
                "1e3|a whole number|\"1000.0\"",
                "9223372036854775808|a whole number|\"9223372036854775808\"",
                "\"true\"|true or false|\"true\"",
                "1|true or false|\"1\"",
                "{}|a list|an object",
                "\"x\"|a list|\"x\"",
                "\"x\"|an object|\"x\"",
                "[]|an object|a list"
            })
    void aValueOfAnotherTypeSaysWhatWasExpectedAndFound(String value, String expected, String found)
            throws UnreadablePayload {
        Json json = parse("{\"a\": " + value + "}").at("a");

        assertUnreadable(() -> readAs(expected, json), "$.a: expected " + expected + ", found " + found);
    }

    private static void readAs(String type, Json json) throws UnreadablePayload {
        switch (type) {
            case "a text" -> json.text();
            case "a whole number" -> json.number();
            case "true or false" -> json.flag();
            case "a list" -> json.items();
            case "an object" -> json.find("x");
            default -> throw new AssertionError(type);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsEveryLong(long number) throws UnreadablePayload {
        assertThat(parse(Long.toString(number)).number()).isEqualTo(number);
    }

    @Test
    void aComplaintAboutAValueIsThePayloadsFault() throws UnreadablePayload {
        Json json = parse("{\"ref\": \"refs/heads/a..b\", \"good\": \"refs/heads/a\"}");

        assertThat(json.at("good").as(GitRef::new)).isEqualTo(GitRef.branch("a"));
        assertUnreadable(
                () -> json.at("ref").as(GitRef::new),
                "$.ref: expected a ref name that git allows, at most 1024 characters, found \"refs/heads/a..b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void refusesADocumentWithNothingInIt(String nothing) {
        assertUnreadable(() -> parse(nothing), "$: expected JSON, found nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "[",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{a: 1}",
                "{'a': 1}",
                "nul",
                "NaN",
                "01",
                "\"x",
                "\"\\x\"",
                "\"\n\"",
                "// none\n{}",
                "{} {}",
                "{}x",
                "{}]",
                "1 2",
                "[] ,"
            })
    void refusesWhatIsNotOneWellFormedDocument(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UnreadablePayload.class)
                .hasMessageMatching(
                        "unreadable payload at \\$: expected well-formed JSON of at most 256 levels, found a fault in"
                                + " line \\d+, column \\d+");
    }

    @Test
    void aFaultDoesNotRepeatTheDocument() {
        assertThatThrownBy(() -> parse("{\"token\": hunter2}")).message().doesNotContain("hunter2");
        assertThatThrownBy(() -> parse("{\"token\": \"hunter2")).message().doesNotContain("hunter2");
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] wrongUtf8 = {'"', (byte) 0xc3, '"'};
        byte[] wrongUtf32 = {0, 0, (byte) 0xfe, (byte) 0xff, 0x7f, 0x7f, 0x7f, 0x7f};

        assertThatThrownBy(() -> Json.parse(wrongUtf8)).isInstanceOf(UnreadablePayload.class);
        assertUnreadable(() -> Json.parse(wrongUtf32), "$: expected JSON in UTF-8, found other bytes");
    }

    @ParameterizedTest
    @CsvSource({"[,]", "'{\"a\":',}"})
    void readsDocumentsAsDeepAsTheDeepestAndNoDeeper(String open, String close) throws UnreadablePayload {
        assertThat(parse(nested(Json.DEEPEST, open, close)).path()).isEqualTo("$");
        assertThatThrownBy(() -> parse(nested(Json.DEEPEST + 1, open, close)))
                .isInstanceOf(UnreadablePayload.class)
                .hasMessageContaining("of at most 256 levels");
        assertThatThrownBy(() -> parse(open.repeat(1_000_000))).isInstanceOf(UnreadablePayload.class);
    }

    private static String nested(int depth, String open, String close) {
        return open.repeat(depth) + (open.equals("[") ? "" : "1") + close.repeat(depth);
    }

    @Test
    void readsTheLargestBodyAndNoLargerOne() throws UnreadablePayload {
        String text = "x".repeat(Body.LARGEST - "{\"a\":\"\"}".length());

        assertThat(parse("{\"a\":\"" + text + "\"}").at("a").text()).hasSameSizeAs(text);
        assertThatThrownBy(() -> parse("{\"a\":\"" + text + "x\"}")).isInstanceOf(UnreadablePayload.class);
    }

    @Test
    void textFromOutsideIsRepeatedShortAndOnOneLine() throws UnreadablePayload {
        Json json = parse("{\"a\": \"" + "\\n\\u202e".repeat(10_000) + "\"}");

        assertThatThrownBy(() -> json.at("a").number())
                .message()
                .hasSizeLessThan(250)
                .doesNotContain("\n", "\u202e");
        assertThatThrownBy(() -> json.at("a").as(GitRef::new))
                .message()
                .hasSizeLessThan(300)
                .doesNotContain("\n");
    }

    @Test
    void aNumberOfManyDigitsCostsNothing() {
        assertThatThrownBy(() -> parse("9".repeat(10_000_000))).isInstanceOf(UnreadablePayload.class);
    }

    private static Json parse(String text) throws UnreadablePayload {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertUnreadable(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading)
                .isInstanceOf(UnreadablePayload.class)
                .hasMessage("unreadable payload at " + message);
    }
}
