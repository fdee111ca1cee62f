package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import java.util.List;

/** Lists in pages; {@code next} is the whole address of the next one, absent on the last. */
final class Pages {

    private static final int PAGE = 10;
    private static final int MAX_PAGE = 100;

    private Pages() {}

    static Answer of(Call call, List<? extends JsonNode> all) {
        int length = Math.max(1, Math.min(MAX_PAGE, call.parameter("pagelen", PAGE)));
        int page = Math.max(1, call.parameter("page", 1));
        int from = Math.min(all.size(), (page - 1) * length);
        int to = Math.min(all.size(), from + length);
        ObjectNode json = Json.object();
        json.set("values", Json.array(all.subList(from, to)));
        json.put("pagelen", length).put("size", all.size()).put("page", page);
        if (to < all.size()) {
            json.put("next", address(call, page + 1));
        }
        return call.ok(json);
    }

    private static String address(Call call, int page) {
        StringBuilder query = new StringBuilder();
        for (String pair : call.request().query().split("&")) {
            if (!pair.isEmpty() && !pair.startsWith("page=")) {
                query.append(pair).append('&');
            }
        }
        return call.pageUrl() + "?" + query + "page=" + page;
    }
}
