package io.jenkins.plugins.bellhop.delivery;

import java.util.function.Function;

/** What came of checking a delivery. */
public sealed interface Verification {

    <T> T match(Function<VerifiedDelivery, T> verified, Function<Refusal, T> refused);

    /** The forge sent it. */
    record Verified(VerifiedDelivery delivery) implements Verification {
        @Override
        public <T> T match(Function<VerifiedDelivery, T> verified, Function<Refusal, T> refused) {
            return verified.apply(delivery);
        }
    }

    /** Nobody can say that the forge sent it. */
    record Refused(Refusal refusal) implements Verification {
        @Override
        public <T> T match(Function<VerifiedDelivery, T> verified, Function<Refusal, T> refused) {
            return refused.apply(refusal);
        }
    }
}
