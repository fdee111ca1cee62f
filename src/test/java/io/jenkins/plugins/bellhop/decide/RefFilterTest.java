package io.jenkins.plugins.bellhop.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.support.Seed;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefFilterTest {

    private static final int GENERATED = 10_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // pattern | name | allowed
                "main|main|true",
                "main|main2|false",
                "main|xmain|false",
                "main|Main|false",
                "main|feature/main|false",
                "*|main|true",
                "*|feature/login|false",
                "**|feature/login|true",
                "***|feature/login|true",
                "feature/*|feature/login|true",
                "feature/*|feature/a/b|false",
                "feature/*|feature/|true",
                "feature/*|feature|false",
                "feature/**|feature/a/b|true",
                "**/fix|a/b/fix|true",
                "**/fix|fix|false",
                "*-fix|login-fix|true",
                "*-fix|login-fixed|false",
                "r?|r1|true",
                "r?|r|false",
                "r?|r12|false",
                "r?|r/|false",
                "r?|r\ud83d\ude00|true",
                "release-1.x|release-1.x|true",
                "release-1.x|release-12x|false",
                "^main$|main|false",
                "[ab]|a|false",
                "[ab]|[ab]|true",
                "(main)|main|false",
                "a+|aa|false",
                "\\Qa|\\Qa|true",
                "{a,b}|a|false",
                "grün/*|grün/日本|true"
            })
    void aPatternMatchesTheWholeName(String pattern, String name, boolean allowed) {
        assertThat(new RefFilter(pattern).allows(name)).isEqualTo(allowed);
    }

    @Test
    void aLineEndIsPartOfTheName() {
        assertThat(new RefFilter("main").allows("main\n")).isFalse();
        assertThat(new RefFilter("*").allows("ma\nin")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "main release, main, true",
        "main release, release, true",
        "main release, other, false",
        "** !main, other, true",
        "** !main, main, false",
        "!main, other, true",
        "!main, main, false",
        "!main **, main, false",
        "!wip/** !main, wip/a/b, false",
        "!!x, x, true",
        "!!x, !x, false"
    })
    void anyPatternIncludesAndAnyExclamationMarkExcludes(String patterns, String name, boolean allowed) {
        assertThat(new RefFilter(patterns).allows(name)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main release", "main,release", "main, release", "main\nrelease", "\tmain ,,\r\n release,"})
    void blanksCommasAndLineEndsSeparate(String text) {
        RefFilter filter = new RefFilter(text);

        assertThat(filter.allows("main")).isTrue();
        assertThat(filter.allows("release")).isTrue();
        assertThat(filter.allows("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "\n"})
    void noPatternAllowsEverythingAndSelectsNothing(String text) {
        RefFilter filter = new RefFilter(text);

        assertThat(filter.isEmpty()).isTrue();
        assertThat(filter.allows("main")).isTrue();
        assertThat(filter.selects("v1")).isFalse();
        assertThat(RefFilter.NONE.allows("main")).isTrue();
    }

    @Test
    void selectsWhatAPatternAsksFor() {
        assertThat(new RefFilter("v*").selects("v1")).isTrue();
        assertThat(new RefFilter("v*").selects("x1")).isFalse();
        assertThat(new RefFilter("!v*").selects("x1")).isTrue();
        assertThat(new RefFilter("!v*").isEmpty()).isFalse();
    }

    @Test
    void isEqualAndShownAsItWasWritten() {
        RefFilter filter = new RefFilter(" main  !x ");

        assertThat(filter.text()).isEqualTo("main  !x");
        assertThat(filter).hasToString("\"main  !x\"");
        assertThat(filter).isEqualTo(new RefFilter("main  !x")).hasSameHashCodeAs(new RefFilter("main  !x"));
        assertThat(filter).isNotEqualTo(new RefFilter("main !x"));
    }

    @Test
    void takesAsManyPatternsAsItMayAndNoMore() {
        String most = "a ".repeat(RefFilter.MOST_PATTERNS);

        assertThat(new RefFilter(most).allows("a")).isTrue();
        assertThatThrownBy(() -> new RefFilter(most + "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected at most 100 patterns, found 101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!"})
    void takesPatternsUpToTheLongestAndNoLonger(String prefix) {
        String longest = "a".repeat(RefFilter.LONGEST_PATTERN);

        assertThat(new RefFilter(prefix + longest).allows(longest)).isEqualTo(prefix.isEmpty());
        assertThatThrownBy(() -> new RefFilter(prefix + longest + "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a pattern of 1 to 255 characters, found 256 characters");
    }

    @Test
    void anExclamationMarkAloneIsNoPattern() {
        assertThatThrownBy(() -> new RefFilter("main !"))
                .hasMessage("expected a pattern of 1 to 255 characters, found none after \"!\"");
    }

    @Test
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void noNameMakesItSearchForLong() {
        String longName = "a".repeat(1_000);
        String stars = "*a".repeat(127);
        String filter = (stars + "b ").repeat(RefFilter.MOST_PATTERNS);

        assertThat(new RefFilter(filter).allows(longName)).isFalse();
        assertThat(new RefFilter(stars).allows(longName)).isTrue();
        assertThat(new RefFilter("**a".repeat(85)).allows(longName + "b")).isFalse();
    }

    @Test
    void agreesWithARegularExpressionOnGeneratedPatterns() {
        Seed seed = Seed.fresh("RefFilterTest");
        Random random = seed.random();
        int matched = 0;
        for (int i = 0; i < GENERATED; i++) {
            String glob = text("aab/??***", 1 + random.nextInt(6), random);
            String name = text("aab/", random.nextInt(7), random);
            boolean expected = Pattern.matches(regex(glob), name);
            matched += expected ? 1 : 0;
            assertThat(new RefFilter(glob).allows(name))
                    .as("%s on %s of %s", glob, name, seed)
                    .isEqualTo(expected);
        }
        assertThat(matched).as("matches of %s", seed).isBetween(GENERATED / 20, GENERATED / 2);
    }

    private static String text(String alphabet, int length, Random random) {
        return IntStream.range(0, length)
                .mapToObj(i -> alphabet.charAt(random.nextInt(alphabet.length())))
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private static String regex(String glob) {
        return glob.replace("?", "[^/]")
                .replaceAll("\\*{2,}", "#")
                .replace("*", "[^/]*")
                .replace("#", ".*");
    }
}
