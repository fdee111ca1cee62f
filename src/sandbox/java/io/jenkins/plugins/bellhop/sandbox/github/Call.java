package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request whose token and repository are known and sufficient, with what its path carries. */
record Call(
        Request request,
        AccessToken token,
        Optional<SandboxRepository> target,
        String pageUrl,
        List<String> variables) {

    private static final String JSON = "application/json; charset=utf-8";

    private static final int PAGE = 30;
    private static final int MAX_PAGE = 100;

    SandboxRepository repository() {
        return target.orElseThrow();
    }

    String variable(int index) {
        return variables.get(index);
    }

    /** The number in the path; what isn't one names nothing. */
    long id(int index) {
        try {
            return Long.parseLong(variable(index));
        } catch (NumberFormatException e) {
            throw Refused.notFound();
        }
    }

    String parameter(String name, String otherwise) {
        return request.parameters().getOrDefault(name, otherwise);
    }

    ObjectNode body() {
        return Json.read(request.body()).orElseThrow(Refused::badJson);
    }

    Answer ok(JsonNode json) {
        return json(200, json);
    }

    Answer created(ObjectNode json) {
        return json(201, json).with("Location", json.path("url").asText());
    }

    static Answer json(int status, JsonNode json) {
        return new Answer(status, Map.of("Content-Type", JSON), Json.bytes(json));
    }

    int perPage() {
        return Math.max(1, Math.min(MAX_PAGE, number("per_page", PAGE)));
    }

    /** One page of a list, with links to the others; the links use the address that survives renames. */
    Answer page(List<? extends JsonNode> all) {
        int size = perPage();
        int page = Math.max(1, number("page", 1));
        int last = Math.max(1, (all.size() + size - 1) / size);
        int from = Math.min(all.size(), (page - 1) * size);
        Answer answer = ok(Json.array(all.subList(from, Math.min(all.size(), from + size))));
        List<String> links = new ArrayList<>();
        if (page > 1) {
            links.add(link("page", Integer.toString(page - 1), "prev"));
        }
        if (page < last) {
            links.add(link("page", Integer.toString(page + 1), "next"));
            links.add(link("page", Integer.toString(last), "last"));
        }
        if (page > 1) {
            links.add(link("page", "1", "first"));
        }
        return links.isEmpty() ? answer : answer.with("Link", String.join(", ", links));
    }

    /** A link to this list with one parameter changed. */
    String link(String name, String value, String relation) {
        StringBuilder query = new StringBuilder();
        request.parameters().forEach((key, old) -> {
            if (!key.equals(name)) {
                query.append(key)
                        .append('=')
                        .append(URLEncoder.encode(old, StandardCharsets.UTF_8))
                        .append('&');
            }
        });
        return "<" + pageUrl + "?" + query + name + "=" + value + ">; rel=\"" + relation + "\"";
    }

    private int number(String name, int otherwise) {
        try {
            return Integer.parseInt(parameter(name, Integer.toString(otherwise)));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
