package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.delivery.Refusal.Reason;
import io.jenkins.plugins.bellhop.support.Signed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {

    private static final byte[] BODY = "{\"ref\":\"refs/heads/main\"}".getBytes(StandardCharsets.UTF_8);
    private static final Signed PUSH = Signed.push("").withBody(BODY);
    private static final Secret OTHER = Secret.of("another secret");
    private static final Verifier VERIFIER = new Verifier(Signed.GITHUB);

    /** What GitHub and Atlassian publish for trying one's own check. */
    @ParameterizedTest
    @CsvSource({
        "'Hello, World!', 757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "Hello World!, a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"
    })
    void acceptsThePublishedExamples(String body, String hex) {
        Secret secret = Secret.of("It's a Secret to Everybody");

        assertThat(outcome(
                        body.getBytes(StandardCharsets.UTF_8), Map.of("X-Hub-Signature-256", "sha256=" + hex), secret))
                .isEqualTo("verified");
    }

    @Test
    void theVerifiedDeliveryCarriesWhatWasSigned() {
        VerifiedDelivery delivery = PUSH.withHook("hook-7").withId("id-7").verified();

        assertThat(delivery.hookId()).isEqualTo("hook-7");
        assertThat(delivery.id()).isEqualTo(new DeliveryId("id-7"));
        assertThat(delivery.event()).isEqualTo("push");
        assertThat(delivery.header("content-type")).contains("application/json");
        assertThat(delivery.body()).isEqualTo(BODY);
        assertThat(delivery).hasToString("push delivery id-7");
    }

    @Test
    void aDeliveryIsShownByItsHookAndSizeAlone() throws TooLarge {
        Headers headers = Headers.of(Map.of("Authorization", List.of("hunter2")));

        assertThat(new Delivery("hook-7", headers, new byte[3])).hasToString("delivery for hook hook-7 of 3 bytes");
    }

    @Test
    void nobodyCanChangeTheBodyAfterItWasVerified() {
        VerifiedDelivery delivery = PUSH.verified();
        delivery.body()[0] = 'x';

        assertThat(delivery.body()).isEqualTo(BODY);
    }

    @Test
    void refusesAnUnsignedDelivery() {
        assertThat(refusal(BODY, Map.of("X-Hub-Signature-256", ""), Signed.SECRET))
                .isEqualTo(new Refusal(
                        Reason.NOT_SIGNED,
                        "expected header X-Hub-Signature-256 with sha256= and 64 hexadecimal digits, found none"));
    }

    @Test
    void refusesASignatureWithSha1Alone() {
        Map<String, String> sha1 =
                Map.of("X-Hub-Signature-256", "", "X-Hub-Signature", "sha1=" + "0123456789".repeat(4));

        assertThat(refusal(BODY, sha1, Signed.SECRET).reason()).isEqualTo(Reason.NOT_SIGNED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256=",
                "sha256=00",
                "sha1=SIGNATURE",
                "SIGNATURE",
                "SHA256=SIGNATURE",
                "sha512=SIGNATURE",
                "sha256=SIGNATURE0",
                "sha256=SIGNATURESIGNATURE",
                "sha256= SIGNATURE",
                "sha256=sha256=SIGNATURE",
                "sha256=SIGNATURE,sha256=SIGNATURE",
                "sha256=zz34567890123456789012345678901234567890123456789012345678901234"
            })
    void refusesWhatIsNoSha256Signature(String template) {
        String hex = Signed.signature(Signed.SECRET, BODY).substring("sha256=".length());
        Refusal refusal =
                refusal(BODY, Map.of("X-Hub-Signature-256", template.replace("SIGNATURE", hex)), Signed.SECRET);

        assertThat(refusal.reason()).isEqualTo(Reason.NOT_SIGNED);
        assertThat(refusal.sentence()).endsWith("found another value").doesNotContain(hex);
    }

    @Test
    void refusesASignatureThatLacksItsLastDigit() {
        String signature = Signed.signature(Signed.SECRET, BODY);
        String cut = signature.substring(0, signature.length() - 1);

        assertThat(refusal(BODY, Map.of("X-Hub-Signature-256", cut), Signed.SECRET)
                        .reason())
                .isEqualTo(Reason.NOT_SIGNED);
    }

    @Test
    void refusesASignatureMadeWithAnotherSecret() {
        Refusal refusal = refusal(BODY, Map.of("X-Hub-Signature-256", Signed.signature(OTHER, BODY)), Signed.SECRET);

        assertThat(refusal.reason()).isEqualTo(Reason.WRONG_SIGNATURE);
        assertThat(refusal.sentence())
                .isEqualTo("the signature in X-Hub-Signature-256 was not made with this hook's secret over the body as"
                        + " received");
    }

    @Test
    void refusesABodyThatDiffersInAnyByte() {
        String signature = Signed.signature(Signed.SECRET, BODY);
        for (int i = 0; i < BODY.length; i++) {
            byte[] changed = BODY.clone();
            changed[i] ^= 1;
            assertThat(refusal(changed, Map.of("X-Hub-Signature-256", signature), Signed.SECRET)
                            .reason())
                    .as("byte %d", i)
                    .isEqualTo(Reason.WRONG_SIGNATURE);
        }
    }

    @Test
    void refusesASignatureThatDiffersInAnyDigit() {
        String signature = Signed.signature(Signed.SECRET, BODY);
        for (int i = "sha256=".length(); i < signature.length(); i++) {
            char other = signature.charAt(i) == '0' ? '1' : '0';
            String changed = signature.substring(0, i) + other + signature.substring(i + 1);
            assertThat(refusal(BODY, Map.of("X-Hub-Signature-256", changed), Signed.SECRET)
                            .reason())
                    .as("digit %d", i)
                    .isEqualTo(Reason.WRONG_SIGNATURE);
        }
    }

    @Test
    void refusesADoubledSignatureEvenIfBothFit() {
        String signature = Signed.signature(Signed.SECRET, BODY);
        Map<String, List<String>> headers = PUSH.headers();
        headers.put("X-Hub-Signature-256", List.of(signature, signature));

        assertThat(verify(headers, List.of(Signed.SECRET))).isEqualTo("NOT_SIGNED");
    }

    @Test
    void refusesASignatureThatIsDoubledUnderAnotherSpellingOfItsHeader() {
        Map<String, List<String>> headers = PUSH.headers();
        headers.put("x-hub-signature-256", List.of("sha256=" + "0".repeat(64)));

        assertThat(verify(headers, List.of(Signed.SECRET))).isEqualTo("NOT_SIGNED");
    }

    @Test
    void acceptsUpperCaseDigits() {
        String hex = Signed.signature(Signed.SECRET, BODY).substring("sha256=".length());

        assertThat(outcome(
                        BODY, Map.of("X-Hub-Signature-256", "sha256=" + hex.toUpperCase(Locale.ROOT)), Signed.SECRET))
                .isEqualTo("verified");
    }

    @Test
    void acceptsAnEmptyBodyThatIsSigned() {
        assertThat(PUSH.withBody(new byte[0]).verified().body()).isEmpty();
    }

    @Test
    void acceptsEachOfSeveralLiveSecrets() {
        assertThat(verify(PUSH.headers(), List.of(Signed.SECRET, OTHER))).isEqualTo("verified");
        assertThat(verify(PUSH.headers(), List.of(OTHER, Signed.SECRET))).isEqualTo("verified");
        assertThat(verify(PUSH.headers(), List.of(OTHER, OTHER))).isEqualTo("WRONG_SIGNATURE");
    }

    @Test
    void withoutASecretNothingIsVerified() {
        assertThat(verify(PUSH.headers(), List.of())).isEqualTo("WRONG_SIGNATURE");
    }

    @Test
    void takesAsManySecretsAsARotationNeedsAndNoMore() {
        List<Secret> most = new ArrayList<>(Collections.nCopies(Verifier.MOST_SECRETS - 1, OTHER));
        most.add(Signed.SECRET);
        assertThat(verify(PUSH.headers(), most)).isEqualTo("verified");

        most.add(OTHER);
        assertThatThrownBy(() -> verify(PUSH.headers(), most))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at most 4 live secrets of one hook, found 5");
    }

    @ParameterizedTest
    @CsvSource({
        "X-GitHub-Delivery, '', NO_DELIVERY_ID",
        "X-GitHub-Delivery, a b, NO_DELIVERY_ID",
        "X-GitHub-Delivery, ../../etc/passwd, NO_DELIVERY_ID",
        "X-GitHub-Event, '', NO_EVENT"
    })
    void refusesSignedDeliveriesWithoutIdOrEvent(String header, String value, Reason reason) {
        assertThat(refusal(BODY, Map.of(header, value), Signed.SECRET).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"X-GitHub-Delivery, NO_DELIVERY_ID", "X-GitHub-Event, NO_EVENT"})
    void refusesADoubledIdOrEvent(String header, String reason) {
        Map<String, List<String>> headers = PUSH.headers();
        headers.put(header, List.of("one", "two"));

        assertThat(verify(headers, List.of(Signed.SECRET))).isEqualTo(reason);
    }

    @Test
    void theSignatureIsCheckedBeforeAnythingElse() {
        Map<String, String> nothing = Map.of("X-Hub-Signature-256", "", "X-GitHub-Delivery", "", "X-GitHub-Event", "");

        assertThat(refusal(BODY, nothing, Signed.SECRET).reason()).isEqualTo(Reason.NOT_SIGNED);
    }

    private static String verify(Map<String, List<String>> headers, List<Secret> secrets) {
        try {
            return VERIFIER.verify(new Delivery("hook", Headers.of(headers), BODY), secrets)
                    .match(verified -> "verified", refusal -> refusal.reason().name());
        } catch (TooLarge e) {
            throw new AssertionError(e);
        }
    }

    private static String outcome(byte[] body, Map<String, String> changed, Secret secret) {
        return verification(body, changed, secret).match(verified -> "verified", Refusal::sentence);
    }

    private static Refusal refusal(byte[] body, Map<String, String> changed, Secret secret) {
        Refusal refusal = verification(body, changed, secret).match(verified -> null, found -> found);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.sentence()).doesNotContain(secret.reveal(), Signed.signature(secret, body));
        return refusal;
    }

    /** @param changed headers other than a well-formed delivery's; an empty value removes one */
    private static Verification verification(byte[] body, Map<String, String> changed, Secret secret) {
        Map<String, List<String>> headers = PUSH.headers();
        changed.forEach((name, value) -> headers.put(name, value.isEmpty() ? List.of() : List.of(value)));
        try {
            return VERIFIER.verify(new Delivery("hook", Headers.of(headers), body), List.of(secret));
        } catch (TooLarge e) {
            throw new AssertionError(e);
        }
    }
}
