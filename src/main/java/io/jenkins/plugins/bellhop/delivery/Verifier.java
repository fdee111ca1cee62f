package io.jenkins.plugins.bellhop.delivery;

import io.jenkins.plugins.bellhop.delivery.Refusal.Reason;
import java.util.List;
import java.util.Optional;

/** Checks that a delivery was signed with one of the hook's live secrets. No secret means refused, not unchecked. */
public final class Verifier {

    /** How many secrets may be live at once: the current one and those that a rotation is replacing. */
    public static final int MOST_SECRETS = 4;

    private final SignatureScheme scheme;

    public Verifier(SignatureScheme scheme) {
        this.scheme = scheme;
    }

    /** @throws IllegalArgumentException for more than {@link #MOST_SECRETS} secrets */
    public Verification verify(Delivery delivery, List<Secret> liveSecrets) {
        if (liveSecrets.size() > MOST_SECRETS) {
            throw new IllegalArgumentException(
                    "expected at most " + MOST_SECRETS + " live secrets of one hook, found " + liveSecrets.size());
        }
        Optional<byte[]> signature = scheme.signature(delivery.headers());
        if (signature.isEmpty()) {
            return refused(
                    Reason.NOT_SIGNED,
                    "expected header " + scheme.signatureHeader()
                            + " with sha256= and 64 hexadecimal digits, found "
                            + (delivery.headers()
                                            .first(scheme.signatureHeader())
                                            .isPresent()
                                    ? "another value"
                                    : "none"));
        }
        if (!isSigned(delivery.body(), signature.get(), liveSecrets)) {
            return refused(
                    Reason.WRONG_SIGNATURE,
                    "the signature in " + scheme.signatureHeader()
                            + " was not made with this hook's secret over the body as received");
        }
        return identified(delivery);
    }

    /** Tries every secret, so that the time taken doesn't tell which one fits. */
    private static boolean isSigned(byte[] body, byte[] signature, List<Secret> liveSecrets) {
        boolean signed = false;
        for (Secret secret : liveSecrets) {
            signed |= Hmac.isSignedWith(secret, body, signature);
        }
        return signed;
    }

    private Verification identified(Delivery delivery) {
        Optional<String> id = delivery.headers().only(scheme.deliveryIdHeader()).filter(DeliveryId::isWellFormed);
        if (id.isEmpty()) {
            return refused(
                    Reason.NO_DELIVERY_ID,
                    "expected header " + scheme.deliveryIdHeader()
                            + " with the delivery's id, found none or an unusual one");
        }
        Optional<String> event = delivery.headers().only(scheme.eventHeader());
        if (event.isEmpty()) {
            return refused(
                    Reason.NO_EVENT, "expected header " + scheme.eventHeader() + " with the event's name, found none");
        }
        return new Verification.Verified(new VerifiedDelivery(delivery, new DeliveryId(id.get()), event.get()));
    }

    private static Verification refused(Reason reason, String sentence) {
        return new Verification.Refused(new Refusal(reason, sentence));
    }
}
