package io.jenkins.plugins.bellhop.sandbox.rest;

import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import io.jenkins.plugins.bellhop.sandbox.state.Face;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.time.Duration;

/** One kind of forge, seen from outside: its webhooks, its REST API, and what it calls its repositories for git. */
public interface ForgeApi {

    Face face();

    Answer answer(Request request);

    String sshUrl(SandboxRepository repository);

    /** What somebody hears who asks too often. */
    Answer limited(Duration retryAfter);

    /** Uses up everybody's allowance until it is renewed after this time. */
    void exhaustRateLimit(Duration time);
}
