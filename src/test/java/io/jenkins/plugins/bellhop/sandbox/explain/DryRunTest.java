package io.jenkins.plugins.bellhop.sandbox.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dry run answers every line, in order, with what the delivery means or with what is wrong with the case. */
class DryRunTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String COMMIT = "1234567890123456789012345678901234567890";
    private static final String PUSH = "{\"ref\":\"refs/heads/topic\",\"after\":\"" + COMMIT
            + "\",\"repository\":{\"id\":7,\"full_name\":\"acme/app\",\"default_branch\":\"main\"}}";

    @TempDir
    Path directory;

    @Test
    void pushIsExplainedWithItsEventAndItsDecision() throws Exception {
        JsonNode line = explained(PUSH, "\"watch\":{}");

        assertThat(line.get("error").isNull()).isTrue();
        JsonNode event = line.get("events").get(0);
        assertThat(event.get("kind").textValue()).isEqualTo("push");
        assertThat(event.get("repository").textValue()).isEqualTo("acme/app");
        assertThat(event.get("branch").textValue()).isEqualTo("topic");
        assertThat(event.get("commit").textValue()).isEqualTo(COMMIT);
        assertThat(event.has("tag")).isFalse();
        assertThat(line.get("decisions").get(0).get("build").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"watch\":{\"onlyPullRequests\":true} | false",
                "\"watch\":{\"onlyPullRequests\":true},\"repository\":{\"openPullRequestBranches\":[\"topic\"]} | true",
                "\"watch\":{\"branches\":\"main release/*\"} | false",
                "\"watch\":{\"branches\":[\"top*\"]} | true",
                "\"watch\":{\"branches\":[\"**\",\"!topic\"]} | false"
            })
    void settingsDecide(String members, boolean build) throws Exception {
        assertThat(explained(PUSH, members).get("decisions").get(0).get("build").booleanValue())
                .isEqualTo(build);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"colour\":1 | unknown member \"colour\"",
                "\"watch\":{\"only\":true} | unknown member \"watch.only\"",
                "\"watch\":{\"onlyPullRequests\":\"yes\"} | watch.onlyPullRequests",
                "\"watch\":{\"branches\":7} | watch.branches",
                "\"repository\":{\"heads\":[]} | repository.heads"
            })
    void faultOfACaseIsItsErrorAndSaysWhere(String members, String error) throws Exception {
        JsonNode line = explained(PUSH, members);
        assertThat(line.get("error").textValue()).contains(error);
        assertThat(line.get("case").textValue()).isEqualTo("it");
        assertThat(line.get("decisions")).isEmpty();
    }

    @Test
    void brokenCasesDontStopTheOthers() throws Exception {
        Files.writeString(directory.resolve("push.json"), PUSH);
        Files.writeString(directory.resolve("broken.json"), PUSH.substring(0, 40));
        List<JsonNode> lines = run(
                caseLine("push.json", ""),
                "no json",
                "[1]",
                "null",
                caseLine("missing.json", ""),
                caseLine("broken.json", ""),
                "{\"case\":\"it\",\"forge\":\"gitlab\",\"headers\":{},\"body\":\"push.json\"}",
                "{\"case\":\"it\",\"headers\":{},\"body\":\"push.json\"}",
                caseLine("push.json", ""));

        assertThat(lines).hasSize(9);
        assertThat(lines.get(0).get("error").isNull()).isTrue();
        assertThat(lines.subList(1, 8)).allMatch(line -> line.get("error").isTextual());
        assertThat(lines.get(8)).isEqualTo(lines.get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bitbucket-cloud|repo:push|'push': {'changes': []}|compare-heads|false|changes that the forge did not list",
                "bitbucket-cloud|repo:push|'push': {'changes': [{'new': {'type': 'branch', 'name': 'topic', 'target':"
                        + " {'hash': 'H'}}}]}|push|true|push of 1234567 to branch topic",
                "bitbucket-cloud|repo:push|'push': {'changes': [{'old': {'type': 'tag', 'name': 'v1', 'target':"
                        + " {'hash': 'H'}}}]}|tag-deleted|false|",
                "bitbucket-cloud|pullrequest:created|PULL|pr-opened|true|pull request #7 opened",
                "bitbucket-cloud|pullrequest:rejected|PULL|pr-closed|false|closed",
                "bitbucket-cloud|pullrequest:approved|PULL|ignored|false|doesn't concern builds",
                "bitbucket-cloud|repo:transfer|'x': 1|renamed|false|is now called",
                "bitbucket-dc|repo:refs_changed|'changes': [{'ref': {'id': 'refs/heads/topic'}, 'type': 'UPDATE',"
                        + " 'toHash': 'H'}]|push|true|push of 1234567 to branch topic",
                "bitbucket-dc|mirror:repo_synchronized|'refLimitExceeded': true|compare-heads|false|changes that the forge did not list",
                "bitbucket-dc|pr:from_ref_updated|PULL|pr-updated|true|pull request #7 got new commits",
                "bitbucket-dc|pr:declined|PULL|pr-closed|false|closed",
                "bitbucket-dc|diagnostics:ping|'x': 1|ping|false|tries whether the hook answers"
            })
    void bothBitbucketsAreExplained(
            String forge, String event, String members, String kind, boolean build, String reason) throws Exception {
        JsonNode line = bitbucket(forge, event, members, "");

        assertThat(line.get("error").isNull()).as(line.toString()).isTrue();
        assertThat(line.at("/events/0/kind").textValue()).isEqualTo(kind);
        assertThat(line.at("/decisions/0/build").booleanValue()).isEqualTo(build);
        assertThat(line.at("/decisions/0/reason").textValue()).containsIgnoringCase(reason == null ? "" : reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| pr-updated | true",
                "\"heads\":{\"fix\":\"1234567890123456789012345678901234567890\"} | ignored | false",
                "\"heads\":{\"fix\":\"1234567890ab\"} | pr-updated | true",
                "\"heads\":{\"other\":\"1234567890123456789012345678901234567890\"} | pr-updated | true",
                "\"heads\":{\"fix\":null} | pr-updated | true"
            })
    void anUpdateThatDoesNotSayOfWhatIsDecidedByTheLastKnownHead(String known, String kind, boolean build)
            throws Exception {
        String members = known == null ? "" : ",\"repository\":{" + known + "}";
        JsonNode line = bitbucket("bitbucket-cloud", "pullrequest:updated", "PULL", members);

        assertThat(line.get("error").isNull()).as(line.toString()).isTrue();
        assertThat(line.at("/events/0/kind").textValue()).isEqualTo(kind);
        assertThat(line.at("/decisions/0/build").booleanValue()).isEqualTo(build);
    }

    @Test
    void aForkOfBitbucketCloudIsNotBuiltWhateverTheSettings() throws Exception {
        JsonNode line = bitbucket(
                "bitbucket-cloud", "pullrequest:created", "PULL FORK", ",\"watch\":{\"buildForkedPullRequests\":true}");

        assertThat(line.at("/events/0/fork").booleanValue()).isTrue();
        assertThat(line.at("/decisions/0/build").booleanValue()).isFalse();
        assertThat(line.at("/decisions/0/reason").textValue()).contains("in the fork alone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"watch\":{\"paths\":\"src/**\"}, \"repository\":{\"changedFiles\":[\"docs/a\"]} | false | path filter",
                "\"watch\":{\"paths\":\"src/**\"}, \"repository\":{\"changedFiles\":[\"src/a\"]} | true | #7",
                "\"watch\":{\"paths\":\"src/**\"} | true | was not asked",
                "\"watch\":{\"skipDrafts\":true,\"buildRetargeted\":true,\"keysForForks\":true} | true | #7",
                "\"watch\":{\"forks\":\"approved\",\"buildForkedPullRequests\":false} | true | #7",
            })
    void explainsTheRulesThatAskForMore(String members, boolean build, String reason) throws Exception {
        JsonNode line = bitbucket("bitbucket-dc", "pr:opened", "PULL", "," + members);

        assertThat(line.get("error").isNull()).as(line.toString()).isTrue();
        assertThat(line.at("/decisions/0/build").booleanValue())
                .as(line.toString())
                .isEqualTo(build);
        assertThat(line.at("/decisions/0/reason").textValue()).contains(reason);
    }

    @Test
    void aPolicyOfAnotherNameIsNamed() throws Exception {
        JsonNode line = bitbucket("bitbucket-dc", "pr:opened", "PULL", ",\"watch\":{\"forks\":\"ON\"}");

        assertThat(line.get("error").textValue())
                .isEqualTo("watch.forks: expected off, members, approved or on, found \"ON\"");
    }

    private JsonNode bitbucket(String forge, String event, String members, String more) throws IOException {
        String cloudPull = "'pullrequest': {'id': 7, 'source': {'branch': {'name': 'fix'}, 'commit': {'hash':"
                + " '123456789012'}, 'repository': {'uuid': '{%s}'}}, 'destination': {'branch': {'name': 'main'},"
                + " 'repository': {'uuid': '{app}'}}}";
        String dcRepository = "'repository': {'id': 7, 'slug': 'app', 'project': {'key': 'ACME'}}";
        String dcPull = "'pullRequest': {'id': 7, 'fromRef': {'id': 'refs/heads/fix', 'latestCommit': 'H', "
                + dcRepository + "}, 'toRef': {'id': 'refs/heads/main', " + dcRepository + "}}";
        boolean cloud = forge.equals("bitbucket-cloud");
        String repository = cloud ? "'repository': {'uuid': '{app}', 'full_name': 'acme/app'}" : dcRepository;
        String pull = cloud ? cloudPull.formatted(members.endsWith("FORK") ? "fork" : "app") : dcPull;
        String body = "{" + repository + ", " + members.replaceAll("^PULL.*", pull) + "}";
        Files.writeString(
                directory.resolve("body.json"),
                body.replace("'H'", "'" + COMMIT + "'").replace('\'', '"'));
        return run("{\"case\":\"it\",\"forge\":\"" + forge + "\",\"headers\":{\"X-Event-Key\":\"" + event
                        + "\"},\"body\":\"body.json\"" + more + "}")
                .get(0);
    }

    private JsonNode explained(String body, String members) throws IOException {
        Files.writeString(directory.resolve("body.json"), body);
        return run(caseLine("body.json", "," + members)).get(0);
    }

    private static String caseLine(String body, String members) {
        return "{\"case\":\"it\",\"forge\":\"github\",\"headers\":{\"X-GitHub-Event\":\"push\"},\"body\":\"" + body
                + "\"" + members + "}";
    }

    private List<JsonNode> run(String... lines) throws IOException {
        Path cases = directory.resolve("cases.jsonl");
        Path results = directory.resolve("results.jsonl");
        Files.write(cases, List.of(lines));
        DryRun.run(cases, results);
        return Files.readAllLines(results).stream().map(DryRunTest::parsed).toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException("not a line of JSON: " + line, e);
        }
    }
}
