package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HeadersTest {

    @Test
    void namesAreFoundInAnyCaseAndValuesTrimmed() throws TooLarge {
        Headers headers = Headers.of(Map.of("X-GitHub-Event", List.of(" push\t")));

        assertThat(headers.first("x-github-event")).contains("push");
        assertThat(headers.only("X-GITHUB-EVENT")).contains("push");
        assertThat(headers.first("X-Other")).isEmpty();
    }

    @Test
    void anEmptyValueCountsAsNone() throws TooLarge {
        Headers headers = Headers.of(Map.of("A", List.of(""), "B", List.of(" ", "b"), "C", List.of()));

        assertThat(headers.first("A")).isEmpty();
        assertThat(headers.only("A")).isEmpty();
        assertThat(headers.first("B")).contains("b");
        assertThat(headers.only("B")).isEmpty();
        assertThat(headers.first("C")).isEmpty();
    }

    @Test
    void aValueSentTwiceIsNotTheOnlyOne() throws TooLarge {
        Headers headers = Headers.of(Map.of("A", List.of("one", "one")));

        assertThat(headers.first("A")).contains("one");
        assertThat(headers.only("A")).isEmpty();
    }

    @Test
    void spellingsOfOneNameAreOneHeader() throws TooLarge {
        Headers headers = Headers.of(new TreeMap<>(Map.of("Name", List.of("one"), "name", List.of("two"))));

        assertThat(headers.only("name")).isEmpty();
        assertThat(headers.first("NAME")).contains("one");
    }

    @Test
    void takesThemUpToTheLargestAndNoMore() throws TooLarge {
        String half = "x".repeat(Headers.LARGEST / 2 - 1);

        assertThat(Headers.of(Map.of("A", List.of(half), "B", List.of(half))).first("A"))
                .contains(half);
        assertThatThrownBy(() -> Headers.of(Map.of("A", List.of(half), "B", List.of(half + "x"))))
                .isInstanceOf(TooLarge.class)
                .hasMessage("expected the headers of at most 65536 bytes, found 65537 or more");
    }

    @Test
    void aNameSentOftenCountsEachTime() {
        List<String> values = Collections.nCopies(Headers.LARGEST / 2 + 1, "x");

        assertThatThrownBy(() -> Headers.of(Map.of("A", values))).isInstanceOf(TooLarge.class);
    }

    @Test
    void valuesAreNeverPrinted() throws TooLarge {
        assertThat(Headers.of(Map.of("Authorization", List.of("hunter2")))).hasToString("headers [Authorization]");
    }
}
