package io.jenkins.plugins.bellhop.sandbox.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Optional;

/**
 * A request whose token and repository are known, with what its path carries.
 *
 * @param pageUrl the absolute address that links to other pages of the answer start with
 */
public record Call(
        Request request,
        AccessToken token,
        Optional<SandboxRepository> target,
        String pageUrl,
        List<String> variables) {

    /** Stands for a number that can't be read: nothing has this id. */
    private static final long NOTHING = -1;

    public Call(Request request, AccessToken token, Optional<SandboxRepository> target, String pageUrl) {
        this(request, token, target, pageUrl, List.of());
    }

    Call with(List<String> values) {
        return new Call(request, token, target, pageUrl, values);
    }

    public SandboxRepository repository() {
        return target.orElseThrow();
    }

    public String variable(int index) {
        return variables.get(index);
    }

    /** The number in the path; what isn't one names nothing. */
    public long id(int index) {
        try {
            return Long.parseLong(variable(index));
        } catch (NumberFormatException e) {
            return NOTHING;
        }
    }

    public String parameter(String name, String otherwise) {
        return request.parameters().getOrDefault(name, otherwise);
    }

    public int parameter(String name, int otherwise) {
        try {
            return Integer.parseInt(parameter(name, Integer.toString(otherwise)));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    public ObjectNode body() {
        return Json.read(request.body()).orElseThrow(UnreadableBody::new);
    }

    public Answer ok(JsonNode json) {
        return Json.answer(200, json);
    }
}
