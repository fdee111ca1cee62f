package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import java.util.Set;

/** How one kind of forge writes its deliveries. */
public interface Dialect {

    /** Which headers carry signature, delivery id and event. */
    SignatureScheme signatures();

    /** The content types that this forge sends, without parameters, in lower case. */
    Set<String> contentTypes();

    /** What a hook sends that was registered, or changed by somebody since, for events of these names. */
    HookEvents sentBy(Set<String> events);

    /**
     * Whether this request is the forge's own way to try an address, which it doesn't sign. Such a request is answered
     * and has no other effect.
     */
    default boolean isUnsignedPing(Headers headers) {
        return false;
    }

    /**
     * Reads what happened.
     *
     * @throws UnreadablePayload the only exception, whatever the bytes are; it names the place in the payload
     */
    Reading read(VerifiedDelivery delivery) throws UnreadablePayload;
}
