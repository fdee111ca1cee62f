package io.jenkins.plugins.bellhop.event;

/** Text from outside, made fit to be shown in a sentence: in quotes, on one line, bounded. */
public final class Quoted {

    /** Characters of foreign text that a message repeats; enough to recognise it, too few to flood a log. */
    public static final int LONGEST = 120;

    private Quoted() {}

    public static String text(String foreign) {
        String shown = foreign.length() > LONGEST ? foreign.substring(0, LONGEST) + "…" : foreign;
        StringBuilder quoted = new StringBuilder("\"");
        shown.codePoints().forEach(point -> quoted.appendCodePoint(isPlain(point) ? point : '\uFFFD'));
        return quoted.append('"').toString();
    }

    /** Control characters could forge log lines; format characters could turn the reading direction. */
    private static boolean isPlain(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
