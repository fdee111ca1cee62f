package io.jenkins.plugins.bellhop.forge;

/** A description cut to what a forge takes. */
public final class Shortened {

    private Shortened() {}

    /** @param longest UTF-16 characters; a pair is never split */
    public static String to(int longest, String text) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        boolean inAPair = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, inAPair ? end - 1 : end) + "…";
    }
}
