package io.jenkins.plugins.bellhop.delivery;

import java.util.regex.Pattern;

/** A forge's id of one delivery. A UUID with all forges; an emulator's counter is accepted as well. */
public record DeliveryId(String text) {

    /** Characters; a UUID has 36. */
    public static final int LONGEST = 100;

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{1," + LONGEST + "}");

    public DeliveryId {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException(
                    "expected a delivery id of 1 to " + LONGEST + " letters, digits, - and _, found another text");
        }
    }

    static boolean isWellFormed(String text) {
        return SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
