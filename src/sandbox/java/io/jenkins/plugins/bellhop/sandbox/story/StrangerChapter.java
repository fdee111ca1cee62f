package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.delivery.SignatureScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/** Requests that no forge sent. */
final class StrangerChapter {

    private static final String BODY =
            "{\"ref\":\"refs/heads/main\",\"after\":\"0123456789012345678901234567890123456789\"}";

    private final Controller controller;
    private final Story story;
    private final HttpClient http = HttpClient.newHttpClient();

    StrangerChapter(Controller controller, Story story) {
        this.controller = controller;
        this.story = story;
    }

    void tell(Timeline timeline) {
        timeline.step("forged signature", notes -> refused(notes, hook(), "sha256=" + "0".repeat(64), 401));
        timeline.step("no signature", notes -> refused(notes, hook(), "", 401));
        timeline.step(
                "unknown hook", notes -> refused(notes, hook().resolve("guessed"), "sha256=" + "0".repeat(64), 404));
    }

    private URI hook() {
        return controller.hookUrl(story.connection());
    }

    private void refused(Notes notes, URI hook, String signature, int status) throws Exception {
        int builds = controller.job().builds().size();
        SignatureScheme headers = controller.forge().dialect().signatures();
        HttpRequest.Builder request = HttpRequest.newBuilder(hook)
                .header("Content-Type", "application/json")
                .header(headers.eventHeader(), "push")
                .header(headers.deliveryIdHeader(), UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(BODY));
        if (!signature.isEmpty()) {
            request.header(headers.signatureHeader(), signature);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        controller.awaitQuiet();
        notes.say(answer.statusCode() + " " + answer.body().trim());
        notes.expect("status", status, answer.statusCode());
        notes.expect("builds", builds, controller.job().builds().size());
    }
}
