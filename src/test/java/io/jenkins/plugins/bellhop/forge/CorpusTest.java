package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.bellhop.delivery.Delivery;
import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Refusal;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.delivery.Verifier;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded deliveries that aren't part of the project, and what they mean; {@code -Dbellhop.corpus=DIR} names their
 * folder with its {@code manifest.json} and the published signatures in its {@code README.md}.
 */
class CorpusTest {

    private static final Pattern PUBLISHED =
            Pattern.compile("\\| (?<file>(?<provider>\\S+)/SIGNED-\\S+) \\| (?<header>\\S+)"
                    + " \\| `(?<secret>[^`]+)` \\| (?<signature>sha256=[0-9a-f]{64}) \\|");

    private static Path corpus;

    @BeforeAll
    static void findTheCorpus() {
        Optional<String> named = Optional.ofNullable(System.getProperty("bellhop.corpus"));
        Assumptions.assumeTrue(named.isPresent(), "no recorded deliveries: -Dbellhop.corpus=DIR isn't given");
        corpus = Path.of(named.get());
    }

    @ParameterizedTest
    @CsvSource({"GITHUB, 40", "BITBUCKET_CLOUD, 20", "BITBUCKET_DC, 22"})
    void everyRecordedDeliveryMeansWhatTheManifestSays(Dialects forge, int atLeast) throws IOException {
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (JsonNode row :
                new ObjectMapper().readTree(corpus.resolve("manifest.json").toFile())) {
            if (text(row, "provider").equals(forge.provider())
                    && !text(row, "event").startsWith("(")) {
                tried++;
                String found = found(row, forge);
                String expected = expected(row, forge);
                if (!found.matches("(?s)" + expected)) {
                    wrong.add(text(row, "file") + "\nexpected " + expected + "\nfound " + found);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThanOrEqualTo(atLeast);
    }

    @Test
    void thePublishedSignaturesVerify() throws Exception {
        int tried = 0;
        for (String line : Files.readAllLines(corpus.resolve("README.md"))) {
            Matcher published = PUBLISHED.matcher(line);
            if (published.matches()) {
                SignatureScheme scheme =
                        forgeOf(published.group("provider")).dialect().signatures();
                assertThat(published.group("header")).isEqualTo(scheme.signatureHeader());
                assertThat(verified(published, scheme)).as(line).isEqualTo("verified");
                tried++;
            }
        }
        assertThat(tried).isEqualTo(4);
    }

    private static String verified(Matcher published, SignatureScheme scheme) throws Exception {
        byte[] body = Files.readAllBytes(corpus.resolve(published.group("file")));
        Map<String, List<String>> headers = Signed.push("").headers(scheme);
        headers.put(scheme.signatureHeader(), List.of(published.group("signature")));
        return new Verifier(scheme)
                .verify(
                        new Delivery("hook", Headers.of(headers), body),
                        List.of(Secret.of("not this one"), Secret.of(published.group("secret"))))
                .match(verified -> "verified", Refusal::sentence);
    }

    private static Dialects forgeOf(String provider) {
        return Arrays.stream(Dialects.values())
                .filter(forge -> forge.provider().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    private static String found(JsonNode row, Dialects forge) throws IOException {
        byte[] body = Files.readAllBytes(corpus.resolve(text(row, "file")));
        try {
            Reading reading = forge.dialect()
                    .read(Signed.push("")
                            .withEvent(text(row, "event"))
                            .withBody(body)
                            .verifiedBy(forge.dialect().signatures()));
            return ReadingText.of(reading).replace("\n", " ");
        } catch (UnreadablePayload e) {
            return e.getMessage();
        }
    }

    /** A pattern for the whole reading, of the members that the manifest tells. */
    private static String expected(JsonNode row, Dialects forge) {
        String repository = " repository: " + quoted(forge.host()) + " \\S+ " + quoted(text(row, "repo")) + " ";
        String branch = text(row, "branch").split(" ")[0];
        // Of some, the manifest tells the first digits alone.
        String sha = text(row, "sha").split(" ")[0] + "[0-9a-f]*";
        String name =
                branch.startsWith("tag:") ? "refs/tags/" + branch.substring("tag:".length()) : "refs/heads/" + branch;
        String anyRepository = text(row, "repo").isEmpty() ? "-" : quoted(text(row, "repo"));
        return switch (text(row, "kind")) {
            case "push" -> "BranchPushed" + repository + "branch: " + quoted(name) + " commit: " + sha + " .*";
            case "tag" ->
                text(row, "branch").contains("deleted") || text(row, "sha").contains("deleted")
                        ? "RefDeleted" + repository + "ref: " + quoted(name) + " last commit: " + sha + " "
                        : "TagPushed" + repository + "tag: " + quoted(name) + " commit: " + sha + " .*";
            case "branch-delete" -> "RefDeleted" + repository + "ref: " + quoted(name) + " last commit: " + sha + " ";
            case "pr-opened" -> pull(row, repository, "(OPENED|REOPENED)");
            case "pr-updated" -> pull(row, repository, "(UPDATED|READY|RETARGETED|TOUCHED)");
            case "pr-closed" -> pull(row, repository, "CLOSED");
            case "rename" -> "RepositoryRenamed" + repository + "old name: .*";
            case "compare-heads" -> "HeadsUnknown" + repository;
            case "ping" -> "Ping repository: " + anyRepository + " ";
            case "other" ->
                "(Ignored why: .* repository: " + anyRepository + " |RepositoryDeleted" + repository + "|"
                        + pull(row, repository, "DRAFTED") + ")";
            default -> throw new AssertionError(row);
        };
    }

    private static String pull(JsonNode row, String repository, String change) {
        String fork = text(row, "fork").equals("no") ? "no" : "yes";
        return "PullRequestChanged" + repository + "number: " + text(row, "pr") + " head branch: "
                + quoted(text(row, "branch")) + " head: " + text(row, "sha") + " target: .* fork: " + fork
                + " draft: (yes|no) (author: .* association: [A-Z]+ )?change: " + change + " ";
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }

    private static String text(JsonNode row, String member) {
        return row.get(member).asText();
    }
}
