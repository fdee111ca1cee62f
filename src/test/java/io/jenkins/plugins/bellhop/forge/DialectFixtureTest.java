package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.forge.Fixtures.Fixture;
import io.jenkins.plugins.bellhop.support.Signed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every dialect owes: its fixtures read as the files beside them say, and nothing else gets through. */
class DialectFixtureTest {

    static List<Fixture> fixtures() {
        return Fixtures.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void readsWhatTheFileBesideThePayloadSays(Fixture fixture) throws UnreadablePayload {
        assertThat(ReadingText.of(fixture.read(fixture.delivery()))).isEqualTo(fixture.expectation());
    }

    @ParameterizedTest
    @CsvSource({"GITHUB, 50", "BITBUCKET_CLOUD, 35", "BITBUCKET_DC, 40"})
    void everyPayloadHasItsExpectationAndEveryExpectationItsPayload(Dialects forge, int atLeast) {
        assertThat(Fixtures.of(forge))
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(fixture -> assertThat(fixture.expected()).exists());
        assertThat(Fixtures.files(forge)).hasSize(2 * Fixtures.of(forge).size());
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoObject(Dialects forge) {
        List<String> events = Fixtures.of(forge).stream()
                .map(Fixture::event)
                // Of which nothing is read.
                .filter(event -> !event.equals("diagnostics:ping"))
                .distinct()
                .toList();
        for (String body : List.of("[]", "null", "7", "\"text\"", "", "{", "x")) {
            for (String event : events) {
                assertThatThrownBy(() -> read(forge, event, body))
                        .as(event + " " + body)
                        .isInstanceOf(UnreadablePayload.class);
            }
        }
    }

    /** A payload never decides where its repository is. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void takesTheHostFromTheConfiguration(Fixture fixture) throws UnreadablePayload {
        String text = new String(fixture.body(), StandardCharsets.UTF_8)
                .replace("https://" + fixture.forge().host(), "https://evil.example");

        assertThat(ReadingText.of(read(fixture.forge(), fixture.event(), text))).isEqualTo(fixture.expectation());
    }

    @ParameterizedTest
    @EnumSource
    void repeatsTheNameOfAnUnknownEventOnlyShortAndOnOneLine(Dialects forge) throws UnreadablePayload {
        Reading reading = read(forge, "x".repeat(5_000), "{}");

        assertThat(((Reading.Ignored) reading).why()).hasSizeLessThan(250).doesNotContain("\n");
    }

    private static Reading read(Dialects forge, String event, String body) throws UnreadablePayload {
        return forge.dialect()
                .read(Signed.push(body)
                        .withEvent(event)
                        .verifiedBy(forge.dialect().signatures()));
    }
}
