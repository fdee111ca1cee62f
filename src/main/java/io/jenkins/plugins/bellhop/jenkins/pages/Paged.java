package io.jenkins.plugins.bellhop.jenkins.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One page of what was found. */
public final class Paged<T> {

    private final List<T> rows;
    private final int page;
    private final boolean more;
    private final String query;

    private Paged(List<T> rows, int page, boolean more, String query) {
        this.rows = List.copyOf(rows);
        this.page = page;
        this.more = more;
        this.query = query;
    }

    /** @param parameters of the request, which links to other pages repeat */
    public static <T> Paged<T> of(List<T> found, HttpServletRequest request, int most, String... parameters) {
        int page = Search.page(request);
        int from = Math.min(found.size(), (page - 1) * most);
        return ofRest(found.subList(from, found.size()), request, most, parameters);
    }

    /** @param rest what is on this page, and at least one more if there is a next page */
    static <T> Paged<T> ofRest(List<T> rest, HttpServletRequest request, int most, String... parameters) {
        String query = Arrays.stream(parameters)
                .map(name ->
                        name + "=" + URLEncoder.encode(Search.parameter(request, name), StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining());
        boolean more = rest.size() > most;
        return new Paged<>(more ? rest.subList(0, most) : rest, Search.page(request), more, query);
    }

    public List<T> getRows() {
        return rows;
    }

    public boolean isFirst() {
        return page == 1;
    }

    public boolean isMore() {
        return more;
    }

    public String getPrevious() {
        return linkTo(page - 1);
    }

    public String getNext() {
        return linkTo(page + 1);
    }

    private String linkTo(int other) {
        return "?" + query + "page=" + other;
    }
}
