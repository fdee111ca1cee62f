package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import java.util.List;

/** Lists in pages; the next one starts at {@code nextPageStart}. */
final class Pages {

    private static final int PAGE = 25;
    private static final int MAX_PAGE = 1000;

    private Pages() {}

    static Answer of(Call call, List<? extends JsonNode> all) {
        int limit = Math.max(1, Math.min(MAX_PAGE, call.parameter("limit", PAGE)));
        int start = Math.max(0, call.parameter("start", 0));
        int from = Math.min(all.size(), start);
        int to = Math.min(all.size(), from + limit);
        boolean last = to == all.size();
        ObjectNode json =
                Json.object().put("size", to - from).put("limit", limit).put("isLastPage", last);
        json.set("values", Json.array(all.subList(from, to)));
        json.put("start", start);
        return call.ok(last ? json : json.put("nextPageStart", to));
    }
}
