package io.jenkins.plugins.bellhop.sandbox.rest;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A method and a path, what it needs, and what it does. */
public record Route<N extends Requirement>(String method, Pattern path, N need, Function<Call, Answer> action) {

    /** In a path, {@code {}} stands for one segment and {@code {+}} for the rest. */
    public static <N extends Requirement> Route<N> of(
            String method, String path, N need, Function<Call, Answer> action) {
        String pattern = path.replace("{+}", "(.+)").replace("{}", "([^/]+)");
        return new Route<>(method, Pattern.compile(pattern), need, action);
    }

    /** The first of the routes that this path means; the call gets the path's variables. */
    public static <N extends Requirement> Optional<Destination<N>> find(List<Route<N>> routes, String path, Call call) {
        return routes.stream()
                .flatMap(route -> route.match(call.request().method(), path).stream()
                        .map(variables -> new Destination<>(route, call.with(variables))))
                .findFirst();
    }

    /** The variables in the path, if this route is meant. */
    private Optional<List<String>> match(String requestMethod, String requestPath) {
        Matcher matcher = path.matcher(requestPath);
        if (!method.equals(requestMethod) || !matcher.matches()) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            variables.add(decode(matcher.group(group)));
        }
        return Optional.of(variables);
    }

    /** A part of a path without its percent signs; a plus sign in a path is itself, unlike in a query. */
    public static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
