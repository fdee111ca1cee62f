package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.flow.DecisionQuery;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a request asks the page to show. What can't be understood doesn't narrow anything down. */
final class Search {

    private final String text;
    private final Optional<Outcome> outcome;
    private final Optional<LocalDate> from;
    private final Optional<LocalDate> until;
    private final int page;

    Search(HttpServletRequest request) {
        this.text = parameter(request, "q").trim();
        this.outcome = Arrays.stream(Outcome.values())
                .filter(value -> value.name().equalsIgnoreCase(parameter(request, "outcome")))
                .findFirst();
        this.from = day(parameter(request, "from"));
        this.until = day(parameter(request, "until"));
        this.page = page(request);
    }

    /** Empty when the request has none. */
    static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The page that the request asks for, from 1 on. */
    static int page(HttpServletRequest request) {
        String text = parameter(request, "page");
        return text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : 1;
    }

    /** Days are those of the controller's time zone, the last one whole. */
    DecisionQuery query() {
        return DecisionQuery.of(text, outcome, from.map(Search::begin), until.map(day -> begin(day.plusDays(1))));
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneId.systemDefault()).toInstant();
    }

    String text() {
        return text;
    }

    String outcome() {
        return outcome.map(value -> value.name().toLowerCase(Locale.ROOT)).orElse("");
    }

    String from() {
        return from.map(LocalDate::toString).orElse("");
    }

    String until() {
        return until.map(LocalDate::toString).orElse("");
    }

    int page() {
        return page;
    }

    /** The query of another page of the same search. */
    String linkTo(int otherPage) {
        return String.join(
                "&",
                List.of(
                        "?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8),
                        "outcome=" + outcome(),
                        "from=" + from(),
                        "until=" + until(),
                        "page=" + otherPage));
    }
}
