package io.jenkins.plugins.bellhop.forge.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.forge.Answer;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.RestClient;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls GitHub and turns every answer but success into a {@link ForgeFailure}. */
final class GitHubCalls {

    /** Pages of one list that are read; at 100 entries a page, more than any repository's keys or hooks. */
    static final int MOST_PAGES = 100;

    private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"next\"");

    private final RestClient client;
    private final GitHubRefusals refusals;

    GitHubCalls(RestClient client, GitHubRefusals refusals) {
        this.client = client;
        this.refusals = refusals;
    }

    <T> T get(String path, Need need, Shape<T> shape) throws ForgeFailure {
        return read(succeeded(client.get(path), need), need, shape);
    }

    <T> T post(String path, ObjectNode body, Need need, Shape<T> shape) throws ForgeFailure {
        return read(succeeded(client.post(path, body.toString()), need), need, shape);
    }

    /** What isn't there any more counts as deleted. */
    void delete(String path, Need need) throws ForgeFailure {
        Answer answer = client.delete(path);
        if (answer.status() != 404) {
            succeeded(answer, need);
        }
    }

    /** All entries over all pages; {@code path} has its query begun. */
    <T> List<T> list(String path, Need need, Shape<T> shape) throws ForgeFailure {
        List<T> entries = new ArrayList<>();
        Answer page = succeeded(client.get(path + "per_page=100"), need);
        for (int read = 1; ; read++) {
            for (Json entry : read(page, need, Json::items)) {
                entries.add(shaped(entry, need, shape));
            }
            Optional<URI> next = nextPage(page, need);
            if (next.isEmpty()) {
                return entries;
            }
            if (read == MOST_PAGES) {
                throw new ForgeFailure(
                        Kind.UNREADABLE_ANSWER,
                        "Could not " + need.action() + ": expected at most " + MOST_PAGES + " pages, found more.");
            }
            page = succeeded(client.follow(next.get()), need);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Optional<URI> nextPage(Answer page, Need need) throws ForgeFailure {
        Matcher next = NEXT_PAGE.matcher(page.header("Link").orElse(""));
        try {
            return next.find() ? Optional.of(new URI(next.group(1))) : Optional.empty();
        } catch (URISyntaxException e) {
            throw new ForgeFailure(
                    Kind.UNREADABLE_ANSWER, "Could not " + need.action() + ": the next page's link is no URL.");
        }
    }

    private Answer succeeded(Answer answer, Need need) throws ForgeFailure {
        if (!answer.isSuccess()) {
            throw refusals.explain(answer, need);
        }
        return answer;
    }

    private static <T> T read(Answer answer, Need need, Shape<T> shape) throws ForgeFailure {
        try {
            return shaped(answer.json(), need, shape);
        } catch (UnreadablePayload e) {
            throw unreadable(need, e);
        }
    }

    private static <T> T shaped(Json json, Need need, Shape<T> shape) throws ForgeFailure {
        try {
            return shape.read(json);
        } catch (UnreadablePayload e) {
            throw unreadable(need, e);
        }
    }

    private static ForgeFailure unreadable(Need need, UnreadablePayload fault) {
        return new ForgeFailure(Kind.UNREADABLE_ANSWER, "Could not " + need.action() + ": " + fault.getMessage() + ".");
    }

    /** Reads a value out of an answer. */
    @FunctionalInterface
    interface Shape<T> {
        T read(Json json) throws UnreadablePayload;
    }
}
