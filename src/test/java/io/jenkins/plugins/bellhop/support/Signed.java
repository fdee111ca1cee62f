package io.jenkins.plugins.bellhop.support;

import io.jenkins.plugins.bellhop.delivery.Delivery;
import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Hmac;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.delivery.TooLarge;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.delivery.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Deliveries as a forge would send them, signed with a secret of the test, in ever new variants of one. */
public record Signed(String hook, String event, String id, String contentType, byte[] body) {

    public static final Secret SECRET = Secret.of("a secret of the tests");
    public static final SignatureScheme GITHUB =
            new SignatureScheme("X-Hub-Signature-256", "X-GitHub-Delivery", "X-GitHub-Event");

    public static Signed push(String body) {
        return new Signed("hook", "push", "delivery-1", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    public Signed withHook(String other) {
        return new Signed(other, event, id, contentType, body);
    }

    public Signed withEvent(String other) {
        return new Signed(hook, other, id, contentType, body);
    }

    public Signed withId(String other) {
        return new Signed(hook, event, other, contentType, body);
    }

    public Signed withContentType(String other) {
        return new Signed(hook, event, id, other, body);
    }

    public Signed withBody(byte[] other) {
        return new Signed(hook, event, id, contentType, other);
    }

    public Map<String, List<String>> headers() {
        return headers(GITHUB);
    }

    /** With the names that a forge gives to what they all send. */
    public Map<String, List<String>> headers(SignatureScheme forge) {
        return new TreeMap<>(Map.of(
                "Content-Type",
                List.of(contentType),
                forge.eventHeader(),
                List.of(event),
                forge.deliveryIdHeader(),
                List.of(id),
                forge.signatureHeader(),
                List.of(signature(SECRET, body))));
    }

    public static String signature(Secret secret, byte[] body) {
        return "sha256=" + HexFormat.of().formatHex(Hmac.sha256(secret, body));
    }

    public VerifiedDelivery verified() {
        return verifiedBy(GITHUB);
    }

    /** There is no way round the verifier, for tests neither. */
    public VerifiedDelivery verifiedBy(SignatureScheme forge) {
        try {
            return new Verifier(forge)
                    .verify(new Delivery(hook, Headers.of(headers(forge)), body), List.of(SECRET))
                    .match(delivery -> delivery, refusal -> {
                        throw new AssertionError(refusal.sentence());
                    });
        } catch (TooLarge e) {
            throw new AssertionError(e);
        }
    }
}
