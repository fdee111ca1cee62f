package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Answers that carry an address in a header: of what was made, or of the other pages. */
final class Answers {

    private static final int PAGE = 30;
    private static final int MAX_PAGE = 100;

    private Answers() {}

    static Answer created(ObjectNode json) {
        return Json.answer(201, json).with("Location", json.path("url").asText());
    }

    static int pageSize(Call call) {
        return Math.max(1, Math.min(MAX_PAGE, call.parameter("per_page", PAGE)));
    }

    /** One page of a list, with links to the others; the links use the address that survives renames. */
    static Answer page(Call call, List<? extends JsonNode> all) {
        int size = pageSize(call);
        int page = Math.max(1, call.parameter("page", 1));
        int last = Math.max(1, (all.size() + size - 1) / size);
        int from = Math.min(all.size(), (page - 1) * size);
        Answer answer = call.ok(Json.array(all.subList(from, Math.min(all.size(), from + size))));
        List<String> links = new ArrayList<>();
        if (page > 1) {
            links.add(link(call, "page", Integer.toString(page - 1), "prev"));
        }
        if (page < last) {
            links.add(link(call, "page", Integer.toString(page + 1), "next"));
            links.add(link(call, "page", Integer.toString(last), "last"));
        }
        if (page > 1) {
            links.add(link(call, "page", "1", "first"));
        }
        return links.isEmpty() ? answer : answer.with("Link", String.join(", ", links));
    }

    /** A link to this list with one parameter changed. */
    static String link(Call call, String name, String value, String relation) {
        StringBuilder query = new StringBuilder();
        call.request().parameters().forEach((key, old) -> {
            if (!key.equals(name)) {
                query.append(key)
                        .append('=')
                        .append(URLEncoder.encode(old, StandardCharsets.UTF_8))
                        .append('&');
            }
        });
        return "<" + call.pageUrl() + "?" + query + name + "=" + value + ">; rel=\"" + relation + "\"";
    }
}
