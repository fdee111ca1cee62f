package io.jenkins.plugins.bellhop.bench;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Pushes as each forge writes them, as large as asked for: what real large ones have many of are commits. */
final class Payloads {

    static final String HEAD = commit(0);

    private static final String MESSAGE = "Teach the bell to ring twice, since guests who arrive at night are not heard"
            + " by a porter who sleeps, and say in the log who rang and when";

    private Payloads() {}

    static byte[] github(long repository, String head, int size) {
        String start = """
                {"ref":"refs/heads/main","before":"%s","after":"%s","created":false,"deleted":false,"forced":false,\
                "repository":{"id":%d,"name":"app","full_name":"acme/app","private":true,"default_branch":"main"},\
                "pusher":{"name":"ada","email":"ada@example.org"},\
                "head_commit":{"id":"%s","message":"%s"},"commits":[""".formatted(commit(1), head, repository, head, MESSAGE);
        return filled(start, "]}", size, number -> """
                {"id":"%s","distinct":true,"message":"%s","timestamp":"2026-11-02T10:20:30+01:00",\
                "author":{"name":"Ada","email":"ada@example.org"},"added":["src/bell/Ring%d.java"],\
                "removed":[],"modified":["README.md","src/bell/Porter.java"]}""".formatted(commit(number), MESSAGE, number));
    }

    static byte[] bitbucketCloud(int size) {
        String start = """
                {"actor":{"display_name":"Ada","type":"user"},"repository":{"type":"repository","full_name":"acme/app",\
                "uuid":"{11111111-2222-3333-4444-555555555555}"},"push":{"changes":[{"created":false,"closed":false,\
                "forced":false,"new":{"type":"branch","name":"main","target":{"hash":"%s","message":"%s"}},"commits":[""".formatted(HEAD, MESSAGE);
        return filled(start, "]}]}}", size, number -> """
                {"type":"commit","hash":"%s","date":"2026-11-02T09:20:30+00:00","message":"%s",\
                "author":{"type":"author","raw":"Ada <ada@example.org>"},\
                "links":{"self":{"href":"https://api.example.org/2.0/commit/%d"}}}""".formatted(commit(number), MESSAGE, number));
    }

    /** The head's commit comes last, so that all before it are looked at. */
    static byte[] bitbucketDataCenter(int size) {
        String start = """
                {"eventKey":"repo:refs_changed","date":"2026-11-02T10:20:30+0100","actor":{"name":"ada","id":7},\
                "repository":{"slug":"app","id":1001,"name":"app","project":{"key":"ACME","id":2}},\
                "changes":[{"ref":{"id":"refs/heads/main","displayId":"main","type":"BRANCH"},"refId":"refs/heads/main",\
                "fromHash":"%s","toHash":"%s","type":"UPDATE"}],"commits":[""".formatted(commit(1), HEAD);
        String end = ",{\"id\":\"%s\",\"message\":\"%s\"}]}".formatted(HEAD, MESSAGE);
        return filled(
                start, end, size, number -> """
                {"id":"%s","displayId":"%.11s","author":{"name":"ada","emailAddress":"ada@example.org"},\
                "authorTimestamp":1793611230000,"message":"%s","parents":[{"id":"%s"}]}""".formatted(commit(number), commit(number), MESSAGE, commit(number + 1)));
    }

    static String commit(int number) {
        return "%040x".formatted(0xbe11_0000_0000_0000L + number);
    }

    private static byte[] filled(String start, String end, int size, IntFunction<String> commit) {
        StringBuilder text = new StringBuilder(start);
        for (int number = 1; number == 1 || text.length() + end.length() < size; number++) {
            text.append(number == 1 ? "" : ",").append(commit.apply(number));
        }
        return text.append(end).toString().getBytes(StandardCharsets.UTF_8);
    }
}
