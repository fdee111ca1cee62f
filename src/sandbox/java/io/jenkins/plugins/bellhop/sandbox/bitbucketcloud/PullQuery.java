package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of Bitbucket's query language that pull requests are looked up with: equations joined by AND. */
final class PullQuery {

    private static final Pattern EQUATION =
            Pattern.compile("\\s*([a-z_.]+)\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:AND(?=\\s)|$)");

    private PullQuery() {}

    static Predicate<PullRequest> parse(String query) {
        Predicate<PullRequest> all = pull -> true;
        Matcher matcher = EQUATION.matcher(query);
        int end = 0;
        while (end < query.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw Refused.badRequest("Unable to parse query: " + query);
            }
            all = all.and(equation(matcher.group(1), matcher.group(2).replaceAll("\\\\(.)", "$1")));
            end = matcher.end();
        }
        return all;
    }

    private static Predicate<PullRequest> equation(String field, String value) {
        return switch (field) {
            case "source.branch.name" -> pull -> pull.headBranch().equals(value);
            case "destination.branch.name" -> pull -> pull.baseBranch().equals(value);
            case "state" -> pull -> PullShapes.state(pull).equals(value);
            case "source.repository.uuid" ->
                pull -> pull.head().map(Uuids::of).filter(value::equals).isPresent();
            case "source.repository.full_name" ->
                pull -> pull.head().map(Links::path).filter(value::equals).isPresent();
            default -> throw Refused.badRequest("Unable to query by field: " + field);
        };
    }
}
