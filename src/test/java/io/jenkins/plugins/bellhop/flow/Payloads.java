package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.support.Signed;
import java.nio.charset.StandardCharsets;

/** Deliveries for the flow, as short as the dialect takes them. */
final class Payloads {

    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String REPOSITORY =
            "'repository': {'id': 1001, 'full_name': 'acme/app', 'default_branch': 'main'}";

    private Payloads() {}

    static Signed push(String branch) {
        return push(branch, "Add it");
    }

    static Signed push(String branch, String message) {
        String payload = "{'ref': 'refs/heads/%s', 'before': '%s', 'after': '%s',"
                + " 'head_commit': {'id': '%s', 'message': '%s'}, %s}";
        return signed("push", payload.formatted(branch, COMMIT, COMMIT, COMMIT, message, REPOSITORY));
    }

    /** Of one commit, of which the delivery lists the file that it changes. */
    static Signed pushOf(String branch, String before, String after, String file) {
        String commit = "{'id': '%s', 'added': ['%s'], 'removed': [], 'modified': []}".formatted(after, file);
        String payload = "{'ref': 'refs/heads/%s', 'before': '%s', 'after': '%s', 'created': false, 'forced': false,"
                + " 'head_commit': {'id': '%s', 'message': 'Add it'}, 'commits': [%s], %s}";
        return signed("push", payload.formatted(branch, before, after, after, commit, REPOSITORY));
    }

    static Signed pushWithoutDefaultBranch(String branch) {
        return changed(push(branch), ", 'default_branch': 'main'", "");
    }

    static Signed pushOfAnotherRepository() {
        return changed(push("main"), "'id': 1001", "'id': 2002");
    }

    static Signed pullRequestOpened() {
        String payload = "{'action': 'opened', 'pull_request': {'number': 7, 'base': {'ref': 'main'},"
                + " 'head': {'ref': 'fix', 'sha': '%s', 'repo': {'id': 1001}}}, %s}";
        return signed("pull_request", payload.formatted(COMMIT, REPOSITORY));
    }

    /** From bob, whose number is 42 and of whom the forge says what he is. */
    static Signed fork(String action, String commit, String association) {
        String payload = "{'action': '%s', 'pull_request': {'number': 7, 'base': {'ref': 'main'},"
                + " 'user': {'id': 42, 'login': 'bob'}%s,"
                + " 'head': {'ref': 'gift', 'sha': '%s', 'repo': {'id': 3003, 'owner': {'id': 42}}}}, %s}";
        String said = association.isEmpty() ? "" : ", 'author_association': '" + association + "'";
        return signed("pull_request", payload.formatted(action, said, commit, REPOSITORY));
    }

    static Signed renamed() {
        return changed(
                signed(
                        "repository",
                        "{'action': 'renamed', 'changes': {'repository': {'name': {'from': 'app'}}}, " + REPOSITORY
                                + "}"),
                "acme/app",
                "acme/new");
    }

    static Signed ping() {
        return signed("ping", "{'zen': 'Greet before you ask.'}");
    }

    static Signed issue() {
        return signed("issues", "{'action': 'opened', " + REPOSITORY + "}");
    }

    static Signed unreadable() {
        return signed("push", "{'ref': 7, " + REPOSITORY + "}");
    }

    private static Signed changed(Signed delivery, String original, String replacement) {
        String body = new String(delivery.body(), StandardCharsets.UTF_8);
        return signed(delivery.event(), body.replace('"', '\'').replace(original, replacement));
    }

    private static Signed signed(String event, String payload) {
        return Signed.push(payload.replace('\'', '"')).withEvent(event);
    }
}
