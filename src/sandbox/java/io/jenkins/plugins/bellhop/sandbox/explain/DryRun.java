package io.jenkins.plugins.bellhop.sandbox.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.delivery.Delivery;
import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Hmac;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.delivery.TooLarge;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.delivery.Verifier;
import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.forge.Dialect;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudForge;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterForge;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Explains a file of cases, line by line. A case that can't be explained has its error; the others go on. */
public final class DryRun {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Forge> FORGES = forges();

    private final Path directory;
    private final Secret throwaway = Secret.random();

    /** They read and explain here; nothing is asked of any. */
    private static Map<String, Forge> forges() {
        HttpClient http = HttpClient.newHttpClient();
        Clock clock = Clock.systemUTC();
        return new TreeMap<>(Map.of(
                "github", GitHubForge.cloud(http, clock),
                "bitbucket-cloud", CloudForge.cloud(http, clock),
                "bitbucket-dc", DataCenterForge.at(URI.create("https://bitbucket.example.com"), http, clock)));
    }

    private DryRun(Path directory) {
        this.directory = directory;
    }

    /** @throws IOException when one of the two files can't be read or written */
    public static void run(Path cases, Path results) throws IOException {
        DryRun run = new DryRun(cases.toAbsolutePath().getParent());
        try (BufferedReader in = Files.newBufferedReader(cases);
                BufferedWriter out = Files.newBufferedWriter(results)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank()) {
                    out.write(MAPPER.writeValueAsString(run.explained(line)));
                    out.newLine();
                }
            }
        }
    }

    private ObjectNode explained(String line) {
        try {
            Case question = Case.parse(line);
            Forge forge = Optional.ofNullable(FORGES.get(question.forge()))
                    .orElseThrow(() -> new IllegalArgumentException("expected forge "
                            + String.join(" or ", FORGES.keySet()) + ", found " + Quoted.text(question.forge())));
            return Explanation.of(question, forge, verified(question, forge.dialect()));
        } catch (UnreadablePayload | TooLarge | IllegalArgumentException e) {
            return Explanation.error(nameIn(line), e.getMessage());
        } catch (IOException e) {
            return Explanation.error(nameIn(line), "body: expected a readable file, found none: " + e.getMessage());
        }
    }

    /** Signs the body as the forge would have, and has it checked as any delivery is. */
    private VerifiedDelivery verified(Case question, Dialect dialect) throws IOException, TooLarge {
        byte[] body = Files.readAllBytes(bodyFile(question.body()));
        SignatureScheme scheme = dialect.signatures();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        question.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        headers.putIfAbsent(scheme.deliveryIdHeader(), List.of(UUID.randomUUID().toString()));
        String signature = HexFormat.of().formatHex(Hmac.sha256(throwaway, body));
        headers.put(scheme.signatureHeader(), List.of("sha256=" + signature));
        return new Verifier(scheme)
                .verify(new Delivery("explain", Headers.of(headers), body), List.of(throwaway))
                .match(Function.identity(), refusal -> {
                    throw new IllegalArgumentException("refused: " + refusal.sentence());
                });
    }

    private Path bodyFile(String name) {
        try {
            return directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("body: expected a file's name, found " + Quoted.text(name));
        }
    }

    /** Whatever else is wrong with the line, its name helps to find it. */
    private static JsonNode nameIn(String line) {
        try {
            JsonNode name = MAPPER.readTree(line).get("case");
            return name == null ? MAPPER.nullNode() : name;
        } catch (IOException e) {
            return MAPPER.nullNode();
        }
    }
}
