package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.delivery.DeliveryId;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;

/**
 * What made Bellhop look at a repository: a delivery, its own catching up, or somebody's approval.
 *
 * @param id the delivery's, or one of our own making
 * @param event the forge's name of the event, or ours
 * @param arrival compares as a text: greater than that of every occasion before it
 */
record Occasion(DeliveryId id, String event, String arrival) {

    static final String CATCH_UP = "catch-up";
    static final String REPLAY = "replay";

    private static final String APPROVAL = "approval";

    /** Whether an id is one of our own making: no forge delivered anything under it. */
    static boolean isOwn(String id) {
        return id.startsWith(CATCH_UP + "-") || id.startsWith(APPROVAL + "-") || id.contains("-" + REPLAY + "-");
    }

    static Occasion of(VerifiedDelivery delivery, String arrival) {
        return new Occasion(delivery.id(), delivery.event(), arrival);
    }

    /** A delivery that was handled before and that somebody wants handled again, under an id of its own. */
    static Occasion replay(VerifiedDelivery delivery, String arrival) {
        String suffix = "-" + REPLAY + "-" + arrival;
        String id = delivery.id().text();
        String bounded = id.substring(0, Math.min(id.length(), DeliveryId.LONGEST - suffix.length()));
        return new Occasion(new DeliveryId(bounded + suffix), delivery.event(), arrival);
    }

    static Occasion catchUp(String arrival) {
        return new Occasion(new DeliveryId(CATCH_UP + "-" + arrival), CATCH_UP, arrival);
    }

    static Occasion approval(String arrival) {
        return new Occasion(new DeliveryId(APPROVAL + "-" + arrival), APPROVAL, arrival);
    }
}
