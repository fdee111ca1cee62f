package io.jenkins.plugins.bellhop.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A request as Bellhop sent it, and the answer of the sandbox.
 *
 * @param path below the API's root, percent-encoded, without query
 */
record Exchange(String path, Request request, Answer answer) {

    /** Entries of a list that is answered; the others are like them. */
    private static final int MOST_ENTRIES = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    String method() {
        return request.method();
    }

    int status() {
        return answer.status();
    }

    String target() {
        return request.query().isEmpty() ? path : path + "?" + request.query();
    }

    /** The JSON that was sent, if any. */
    JsonNode body() {
        return json(request.body());
    }

    /** The JSON that was answered, if any. */
    JsonNode answered() {
        return json(answer.body());
    }

    /** The same with less in its answer: only the first entries of a list. */
    Exchange shortened() {
        JsonNode body = answered();
        JsonNode list = body.isArray() ? body : body.path("values");
        for (int last = list.size() - 1; last >= MOST_ENTRIES; last--) {
            ((ArrayNode) list).remove(last);
        }
        return answered(body);
    }

    /** The same without the members that are null in its answer. */
    Exchange withoutNulls() {
        JsonNode body = answered();
        dropNulls(body);
        return answered(body);
    }

    private static void dropNulls(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.properties().removeIf(member -> member.getValue().isNull());
        }
        value.forEach(Exchange::dropNulls);
    }

    private Exchange answered(JsonNode body) {
        if (body.isMissingNode()) {
            return this;
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return new Exchange(path, request, new Answer(answer.status(), answer.headers(), bytes));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
