package io.jenkins.plugins.bellhop.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.forge.Dialects;
import io.jenkins.plugins.bellhop.forge.Fixtures;
import io.jenkins.plugins.bellhop.forge.Fixtures.Fixture;
import io.jenkins.plugins.bellhop.forge.Reading;
import io.jenkins.plugins.bellhop.forge.ReadingText;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import io.jenkins.plugins.bellhop.support.Signed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubDialectTest {

    private static final GitHubDialect DIALECT = new GitHubDialect("github.com");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String REPOSITORY = "{'id': 1001, 'full_name': 'acme/app'}";
    private static final String PUSH =
            "{'ref': 'refs/heads/main', 'before': '%1$s', 'after': '%1$s', 'repository': %2$s}"
                    .formatted("a".repeat(40), REPOSITORY);
    private static final String PULL =
            "{'action': 'opened', 'repository': {'id': 1001, 'full_name': 'acme/app'}, 'pull_request': {'number': 7,"
                    + " 'head': {'ref': 'fix', 'sha': '%1$s', 'repo': {'id': 1001}}, 'base': {'ref': 'main'}}}"
                            .formatted("a".repeat(40));

    static List<Fixture> fixtures() {
        return Fixtures.of(Dialects.GITHUB);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void readsTheSameFromAForm(Fixture fixture) throws UnreadablePayload {
        assertThat(ReadingText.of(read(
                        form(new String(fixture.body(), StandardCharsets.UTF_8)).withEvent(fixture.event()))))
                .isEqualTo(fixture.expectation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload=%s", "payload=%s&x=1", "x=1&payload=%s", "x&payload=%s&payload=other"})
    void findsThePayloadAmongOtherFields(String form) throws UnreadablePayload {
        String json = URLEncoder.encode("{\"zen\":\"é\"}", StandardCharsets.UTF_8);

        assertThat(read(form("").withEvent("ping").withBody(form.formatted(json).getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(Reading.Ping.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {FORM, FORM + "; charset=utf-8", "Application/X-WWW-Form-URLencoded"})
    void knowsAFormByItsContentType(String type) throws UnreadablePayload {
        assertThat(read(form("{}").withEvent("ping").withContentType(type))).isInstanceOf(Reading.Ping.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'form: expected a field payload with JSON, found none'",
        "x=1, 'form: expected a field payload with JSON, found none'",
        "xpayload={}, 'form: expected a field payload with JSON, found none'",
        "payload=, '$: expected JSON, found nothing'",
        "payload=%zz, 'form.payload: expected percent-encoded JSON, found another encoding'",
        "payload=%7, 'form.payload: expected percent-encoded JSON, found another encoding'"
    })
    void refusesAFormWithoutAReadablePayload(String form, String message) {
        assertUnreadable(form("").withBody(form.getBytes(StandardCharsets.US_ASCII)), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ref': 'refs/heads/main'|'ref': 'refs/heads/a..b'|$.ref: expected a ref name that git allows",
                "'ref': 'refs/heads/main'|'ref': 7|$.ref: expected a text, found \"7\"",
                "'ref': 'refs/heads/main'|'x': 1|$.ref: expected a value, found none",
                "'before'|'after': 'main', 'before'|",
                "'after': 'a|'after': 'x|$.after: expected a commit hash",
                "'after'|'x'|$.after: expected a value, found none",
                "'id': 1001|'id': 'x'|$.repository.id: expected a whole number, found \"x\"",
                "'id': 1001|'x': 1|$.repository.id: expected a value, found none",
                "acme/app|acme|$.repository.full_name: expected a repository as owner/name, found \"acme\"",
                "'repository': {|'repository': [], 'x': {|$.repository: expected an object, found a list",
                "'ref'|'head_commit': 'x', 'ref'|$.head_commit: expected an object, found \"x\"",
                "'ref'|'head_commit': {'message': 1}, 'ref'|$.head_commit.message: expected a text, found \"1\"",
                "'ref'|'deleted': 'no', 'ref'|$.deleted: expected true or false, found \"no\"",
                "'ref'|'deleted': true, 'ref'|",
                "'id'|'default_branch': {}, 'id'|$.repository.default_branch: expected a text, found an object"
            })
    void namesThePlaceOfAFaultInAPush(String original, String changed, String fault) throws UnreadablePayload {
        assertFault(json("push", PUSH.replace(original, changed)), fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'number': 7|'number': 0|$.pull_request.number: expected a pull request's number, found \"0\"",
                "'number': 7|'number': -7|$.pull_request.number: expected a pull request's number, found \"-7\"",
                "'number': 7|'number': '7'|$.pull_request.number: expected a whole number, found \"7\"",
                "'ref': 'fix'|'ref': ''|$.pull_request.head.ref: expected a ref name that git allows",
                "'ref': 'main'|'ref': '-x'|$.pull_request.base.ref: expected a ref name that git allows",
                "'sha': 'a|'sha': 'x|$.pull_request.head.sha: expected a commit hash",
                "'repo': {'id': 1001}|'repo': {'id': 'x'}|$.pull_request.head.repo.id: expected a whole number",
                "'repo': {'id': 1001}|'repo': 'x'|$.pull_request.head.repo: expected an object, found \"x\"",
                "'pull_request'|'x'|$.pull_request: expected a value, found none",
                "'action'|'x'|$.action: expected a value, found none",
                "'number'|'draft': 'no', 'number'|$.pull_request.draft: expected true or false, found \"no\"",
                "'base': {'ref': 'main'}|'base': null|$.pull_request.base: expected a value, found none"
            })
    void namesThePlaceOfAFaultInAPullRequest(String original, String changed, String fault) throws UnreadablePayload {
        assertFault(json("pull_request", PULL.replace(original, changed)), fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'action': 'renamed', R}|$.changes: expected a value, found none",
                "{'action': 'renamed', 'changes': {'repository': {'name': {}}}, R}"
                        + "|$.changes.repository.name.from: expected a value, found none",
                "{'action': 'renamed', 'changes': {'repository': {'name': {'from': 'a b'}}}, R}"
                        + "|$.changes: expected a repository as owner/name, found \"acme/a b\"",
                "{'action': 'transferred', 'changes': {'owner': {'from': {}}}, R}"
                        + "|$.changes.owner.from.organization: expected a value, found none",
                "{'action': 'edited', 'changes': {'default_branch': {'from': 'main'}}, R}"
                        + "|$.repository.default_branch: expected a value, found none"
            })
    void namesThePlaceOfAFaultInNewsOfARepository(String payload, String fault) {
        String repository = "'repository': {'id': 1001, 'full_name': 'acme/app'}";

        assertUnreadable(json("repository", payload.replace("R}", repository + "}")), fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"text\"", "", "{", "x"})
    void refusesWhatIsNoObject(String body) {
        for (String event : List.of("push", "pull_request", "repository", "ping", "issues")) {
            assertThatThrownBy(() -> read(json(event, body))).as(event).isInstanceOf(UnreadablePayload.class);
        }
    }

    @Test
    void takesTheHostFromTheConfigurationAndNeverFromThePayload() throws UnreadablePayload {
        Reading reading = new GitHubDialect("git.example.com")
                .read(Signed.push(quoted(PUSH.replace("'ref'", "'html_url': 'https://evil.example', 'ref'")))
                        .verified());

        assertThat(ReadingText.of(reading)).contains("repository: git.example.com 1001 acme/app");
    }

    @Test
    void repeatsNamesOfEventsAndActionsOnlyShortAndOnOneLine() throws UnreadablePayload {
        String name = "x\\n".repeat(5_000);
        Reading action = read(json("pull_request", PULL.replace("opened", name)));
        Reading news = read(json("repository", PULL.replace("opened", name)));
        Reading event = read(json("x".repeat(5_000), "{}"));

        assertThat(List.of(action, news, event))
                .allSatisfy(reading -> assertThat(((Reading.Ignored) reading).why())
                        .hasSizeLessThan(250)
                        .doesNotContain("\n"));
    }

    private static Reading read(Signed delivery) throws UnreadablePayload {
        return DIALECT.read(delivery.verified());
    }

    private static Signed json(String event, String payload) {
        return Signed.push(quoted(payload)).withEvent(event);
    }

    private static String quoted(String payload) {
        return payload.replace('\'', '"');
    }

    private static Signed form(String json) {
        return Signed.push("payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8))
                .withContentType(FORM);
    }

    /** @param fault absent where the change is none */
    private static void assertFault(Signed delivery, String fault) throws UnreadablePayload {
        if (fault == null) {
            assertThat(read(delivery)).isInstanceOf(Reading.Happened.class);
            return;
        }
        assertUnreadable(delivery, fault);
    }

    private static void assertUnreadable(Signed delivery, String fault) {
        assertThatThrownBy(() -> read(delivery))
                .isInstanceOf(UnreadablePayload.class)
                .hasMessageStartingWith("unreadable payload at " + fault);
    }
}
