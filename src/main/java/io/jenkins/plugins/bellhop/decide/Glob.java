package io.jenkins.plugins.bellhop.decide;

import java.util.stream.IntStream;

/**
 * One pattern over a whole name. Matching takes at most as many steps as pattern and name have characters, multiplied:
 * whoever may push chooses the name, and a regular expression with many stars would try them in every combination.
 */
final class Glob {

    private static final int ONE_BUT_SLASH = -1;
    private static final int TEXT_BUT_SLASH = -2;
    private static final int TEXT = -3;

    /** Characters of one pattern. */
    static final int LONGEST = 255;

    /** Code points, and the negative numbers above. */
    private final int[] tokens;

    /** @throws IllegalArgumentException for a pattern that is empty or over {@link #LONGEST} */
    Glob(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("expected a pattern of 1 to " + LONGEST + " characters, found "
                    + (text.isEmpty() ? "none after \"!\"" : text.length() + " characters"));
        }
        int[] points = text.codePoints().toArray();
        tokens = IntStream.range(0, points.length).map(i -> token(points, i)).toArray();
    }

    private static int token(int[] points, int i) {
        if (points[i] != '*') {
            return points[i] == '?' ? ONE_BUT_SLASH : points[i];
        }
        boolean besideAnother = i > 0 && points[i - 1] == '*' || i + 1 < points.length && points[i + 1] == '*';
        return besideAnother ? TEXT : TEXT_BUT_SLASH;
    }

    boolean matches(String name) {
        boolean[] reached = new boolean[tokens.length + 1];
        reached[0] = true;
        passStars(reached);
        for (int point : name.codePoints().toArray()) {
            boolean[] next = new boolean[reached.length];
            for (int i = 0; i < tokens.length; i++) {
                if (reached[i] && takes(tokens[i], point)) {
                    next[isStar(tokens[i]) ? i : i + 1] = true;
                }
            }
            passStars(next);
            reached = next;
        }
        return reached[tokens.length];
    }

    /** A star may stand for nothing. */
    private void passStars(boolean[] reached) {
        for (int i = 0; i < tokens.length; i++) {
            reached[i + 1] |= reached[i] && isStar(tokens[i]);
        }
    }

    private static boolean takes(int token, int point) {
        return token == point || token == TEXT || (token == ONE_BUT_SLASH || token == TEXT_BUT_SLASH) && point != '/';
    }

    private static boolean isStar(int token) {
        return token == TEXT || token == TEXT_BUT_SLASH;
    }
}
