package io.jenkins.plugins.bellhop.sandbox.github;

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
record Route(String method, Pattern path, Need need, Function<Call, Answer> action) {

    /** In a path, {@code {}} stands for one segment and {@code {+}} for the rest. */
    static Route of(String method, String path, Need need, Function<Call, Answer> action) {
        String pattern = path.replace("{+}", "(.+)").replace("{}", "([^/]+)");
        return new Route(method, Pattern.compile(pattern), need, action);
    }

    /** The variables in the path, if this route is meant. */
    Optional<List<String>> match(String requestMethod, String requestPath) {
        Matcher matcher = path.matcher(requestPath);
        if (!method.equals(requestMethod) || !matcher.matches()) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            // A plus sign in a path is itself, unlike in a query.
            variables.add(URLDecoder.decode(matcher.group(group).replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return Optional.of(variables);
    }
}
