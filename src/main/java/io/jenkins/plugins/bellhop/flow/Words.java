package io.jenkins.plugins.bellhop.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What somebody types to find something: words all of which stand somewhere in it, in whatever case. A field's name and a
 * colon before a word say where.
 */
public final class Words {

    /** Characters that are looked for; what somebody types beyond them doesn't count. */
    public static final int LONGEST = 200;

    private final List<String> words;

    private Words(List<String> words) {
        this.words = words;
    }

    public static Words of(String text) {
        String bounded = text.substring(0, Math.min(text.length(), LONGEST));
        return new Words(Arrays.stream(bounded.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    /**
     * Whether it is what somebody looks for.
     *
     * @param named its fields that can be named
     * @param unnamed another field of it
     */
    public boolean areIn(Map<String, String> named, String unnamed) {
        return words.stream().allMatch(word -> isIn(word, named, unnamed));
    }

    private static boolean isIn(String word, Map<String, String> named, String unnamed) {
        int colon = word.indexOf(':');
        String field = colon < 0 ? null : named.get(word.substring(0, colon));
        if (field != null) {
            return has(field, word.substring(colon + 1));
        }
        return has(unnamed, word) || named.values().stream().anyMatch(text -> has(text, word));
    }

    private static boolean has(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word);
    }
}
