package io.jenkins.plugins.bellhop.forge;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** A forge's answer to one request. */
public final class Answer {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The body, which must be JSON. */
    public Json json() throws UnreadablePayload {
        return Json.parse(body);
    }

    /** The error's text from {@code message}; empty when the body has none. */
    public String message() {
        try {
            return json().findText("message").orElse("");
        } catch (UnreadablePayload e) {
            return "";
        }
    }
}
