package io.jenkins.plugins.bellhop.delivery;

import java.util.Optional;

/** A delivery whose signature was checked. Only {@link Verifier} and the {@link Spool}, which keeps them, make one. */
public final class VerifiedDelivery {

    private final Delivery delivery;
    private final DeliveryId id;
    private final String event;

    VerifiedDelivery(Delivery delivery, DeliveryId id, String event) {
        this.delivery = delivery;
        this.id = id;
        this.event = event;
    }

    public String hookId() {
        return delivery.hookId();
    }

    /** The forge's own id of this delivery; the same when it is sent again. */
    public DeliveryId id() {
        return id;
    }

    /** The forge's name of the event, such as {@code push} or {@code repo:push}. */
    public String event() {
        return event;
    }

    public Optional<String> header(String name) {
        return delivery.headers().first(name);
    }

    public byte[] body() {
        return delivery.body().clone();
    }

    Delivery delivery() {
        return delivery;
    }

    @Override
    public String toString() {
        return event + " delivery " + id;
    }
}
