package io.jenkins.plugins.bellhop.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes a request distinct from others.
 *
 * @param operation method and path template, or the path itself where no description has it
 * @param members of the JSON body, as paths such as {@code config.secret}
 */
record Kind(String operation, Set<String> parameters, Set<String> members) {

    static Kind of(Exchange exchange, Optional<Operation> operation) {
        Set<String> members = new TreeSet<>();
        collect(exchange.body(), "", members);
        return new Kind(
                operation.map(Operation::toString).orElse(exchange.method() + " " + exchange.path()),
                exchange.request().parameters().keySet(),
                members);
    }

    private static void collect(JsonNode value, String path, Set<String> members) {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            members.add(path + member.getKey());
            collect(member.getValue(), path + member.getKey() + ".", members);
        }
    }
}
