package io.jenkins.plugins.bellhop.jenkins.pages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagedTest {

    private static final int MOST = 3;

    @Test
    void aPageHoldsAsManyAsItMayAndOneMoreGoesToTheNext() {
        assertThat(page(MOST, Map.of()).getRows()).containsExactly(1, 2, 3);
        assertThat(page(MOST, Map.of()).isMore()).isFalse();

        Paged<Integer> first = page(MOST + 1, Map.of());
        assertThat(first.getRows()).containsExactly(1, 2, 3);
        assertThat(first.isFirst()).isTrue();
        assertThat(first.isMore()).isTrue();

        Paged<Integer> second = page(MOST + 1, Map.of("page", "2"));
        assertThat(second.getRows()).containsExactly(4);
        assertThat(second.isFirst()).isFalse();
        assertThat(second.isMore()).isFalse();
    }

    @Test
    void linksRepeatWhatWasLookedFor() {
        Paged<Integer> page = page(MOST + 1, Map.of("q", "a&b=\"c\"", "page", "2", "other", "x"));

        assertThat(page.getPrevious()).isEqualTo("?q=a%26b%3D%22c%22&page=1");
        assertThat(page.getNext()).isEqualTo("?q=a%26b%3D%22c%22&page=3");
    }

    @Test
    void nonsenseIsTheFirstPageAndTooFarIsEmpty() {
        assertThat(page(MOST, Map.of("page", "-1")).getRows()).containsExactly(1, 2, 3);
        assertThat(page(MOST, Map.of("page", "99999")).getRows()).containsExactly(1, 2, 3);
        assertThat(page(MOST, Map.of("page", "9999")).getRows()).isEmpty();
    }

    private static Paged<Integer> page(int count, Map<String, String> parameters) {
        List<Integer> found = IntStream.rangeClosed(1, count).boxed().toList();
        return Paged.of(found, request(parameters), MOST, "q");
    }

    private static HttpServletRequest request(Map<String, String> parameters) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                PagedTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> parameters.get((String) arguments[0]));
    }
}
