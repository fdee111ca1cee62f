package io.jenkins.plugins.bellhop.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.bellhop.delivery.Delivery;
import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Refusal;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.Verifier;
import io.jenkins.plugins.bellhop.forge.Reading;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Recorded deliveries that aren't part of the project, and what they mean; {@code -Dbellhop.corpus=DIR} names their
 * folder with its {@code manifest.json} and the published signatures in its {@code README.md}.
 */
class GitHubCorpusTest {

    private static final GitHubDialect DIALECT = new GitHubDialect("github.com");
    private static final Pattern PUBLISHED =
            Pattern.compile("\\| (github/SIGNED-\\S+) \\| (\\S+) \\| `([^`]+)` \\| (sha256=[0-9a-f]{64}) \\|");

    private static Path corpus;

    @BeforeAll
    static void findTheCorpus() {
        Optional<String> named = Optional.ofNullable(System.getProperty("bellhop.corpus"));
        Assumptions.assumeTrue(named.isPresent(), "no recorded deliveries: -Dbellhop.corpus=DIR isn't given");
        corpus = Path.of(named.get());
    }

    @Test
    void everyRecordedDeliveryMeansWhatTheManifestSays() throws IOException {
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (JsonNode row :
                new ObjectMapper().readTree(corpus.resolve("manifest.json").toFile())) {
            if (text(row, "provider").equals("github") && !text(row, "event").startsWith("(")) {
                tried++;
                String found = found(row);
                String expected = expected(row);
                if (!found.matches("(?s)" + expected)) {
                    wrong.add(text(row, "file") + "\nexpected " + expected + "\nfound " + found);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(40);
    }

    @Test
    void thePublishedSignaturesVerify() throws Exception {
        int tried = 0;
        for (String line : Files.readAllLines(corpus.resolve("README.md"))) {
            Matcher published = PUBLISHED.matcher(line);
            if (published.matches()) {
                byte[] body = Files.readAllBytes(corpus.resolve(published.group(1)));
                Map<String, List<String>> headers = Signed.push("").headers();
                headers.put(published.group(2), List.of(published.group(4)));
                String outcome = new Verifier(DIALECT.signatures())
                        .verify(
                                new Delivery("hook", Headers.of(headers), body),
                                List.of(Secret.of("not this one"), Secret.of(published.group(3))))
                        .match(verified -> "verified", Refusal::sentence);
                assertThat(outcome).as(line).isEqualTo("verified");
                tried++;
            }
        }
        assertThat(tried).isEqualTo(2);
    }

    private static String found(JsonNode row) throws IOException {
        byte[] body = Files.readAllBytes(corpus.resolve(text(row, "file")));
        try {
            Reading reading = DIALECT.read(
                    Signed.push("").withEvent(text(row, "event")).withBody(body).verified());
            return ReadingText.of(reading).replace("\n", " ");
        } catch (UnreadablePayload e) {
            return e.getMessage();
        }
    }

    /** A pattern for the whole reading, of the members that the manifest tells. */
    private static String expected(JsonNode row) {
        String repository = " repository: github.com \\d+ " + quoted(text(row, "repo")) + " ";
        String branch = text(row, "branch").split(" ")[0];
        String sha = text(row, "sha").split(" ")[0];
        String name =
                branch.startsWith("tag:") ? "refs/tags/" + branch.substring("tag:".length()) : "refs/heads/" + branch;
        String anyRepository = text(row, "repo").isEmpty() ? "-" : quoted(text(row, "repo"));
        return switch (text(row, "kind")) {
            case "push" -> "BranchPushed" + repository + "branch: " + quoted(name) + " commit: " + sha + " .*";
            case "tag" ->
                text(row, "sha").contains("deleted")
                        ? "RefDeleted" + repository + "ref: " + quoted(name) + " last commit: " + sha + " "
                        : "TagPushed" + repository + "tag: " + quoted(name) + " commit: " + sha + " .*";
            case "branch-delete" -> "RefDeleted" + repository + "ref: " + quoted(name) + " last commit: " + sha + " ";
            case "pr-opened" -> pull(row, repository, "(OPENED|REOPENED)");
            case "pr-updated" -> pull(row, repository, "(UPDATED|READY|RETARGETED)");
            case "pr-closed" -> pull(row, repository, "CLOSED");
            case "rename" -> "RepositoryRenamed" + repository + "old name: .*";
            case "ping" -> "Ping repository: " + anyRepository + " ";
            case "other" -> "(Ignored why: .* repository: " + anyRepository + " |RepositoryDeleted" + repository + ")";
            default -> throw new AssertionError(row);
        };
    }

    private static String pull(JsonNode row, String repository, String change) {
        String fork = text(row, "fork").equals("no") ? "no" : "yes";
        return "PullRequestChanged" + repository + "number: " + text(row, "pr") + " head branch: "
                + quoted(text(row, "branch")) + " head: " + text(row, "sha") + " target: .* fork: " + fork
                + " draft: (yes|no) change: " + change + " ";
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }

    private static String text(JsonNode row, String member) {
        return row.get(member).asText();
    }
}
