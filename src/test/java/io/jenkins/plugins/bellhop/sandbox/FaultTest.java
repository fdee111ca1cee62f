package io.jenkins.plugins.bellhop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.sandbox.RestClient.Reply;
import io.jenkins.plugins.bellhop.sandbox.http.RecordedRequest;
import io.jenkins.plugins.bellhop.sandbox.state.HookSettings;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be made to go wrong, and the record of what was asked. */
class FaultTest {

    @TempDir
    Path directory;

    private SandboxForge forge;
    private SandboxRepository app;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        forge = SandboxForge.start(directory);
        app = forge.createRepository("octo", "app", true);
        rest = new RestClient(forge, forge.createToken("octo", Set.of("repo")));
    }

    @AfterEach
    void stop() throws Exception {
        forge.close();
    }

    @Test
    void faultWaitsForItsRequestAndIsSpentByIt() throws Exception {
        forge.failNext("POST", ".*/hooks", 500, "{\"message\":\"broken\"}");

        assertThat(rest.get("/repos/octo/app/hooks").status()).isEqualTo(200);
        Reply failed = rest.post("/repos/octo/app/hooks", "{'config':{'url':'http://127.0.0.1:9/'}}");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.json().path("message").asText()).isEqualTo("broken");
        assertThat(app.hooks()).isEmpty();
        assertThat(rest.post("/repos/octo/app/hooks", "{'config':{'url':'http://127.0.0.1:9/'}}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void hangingAnswerComesLate() throws Exception {
        forge.hangNext("GET", ".*/user", Duration.ofMillis(300));
        Instant start = Instant.now();

        assertThat(rest.get("/user").status()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void hangingRequestHoldsUpNobodyElse() throws Exception {
        forge.hangNext("GET", ".*/user", Duration.ofSeconds(20));
        Thread waiting = new Thread(() -> assertThatThrownBy(() -> rest.get("/user")));
        waiting.setDaemon(true);
        waiting.start();

        assertThat(rest.get("/repos/octo/app").status()).isEqualTo(200);
        waiting.interrupt();
        waiting.join();
    }

    @Test
    void lostAnswerWasCarriedOut() throws Exception {
        forge.loseNextAnswer("POST", ".*/hooks");

        assertThatThrownBy(() -> rest.post("/repos/octo/app/hooks", "{'config':{'url':'http://127.0.0.1:9/'}}"))
                .isInstanceOf(IOException.class);
        assertThat(app.hooks()).hasSize(1);
        assertThat(forge.requests()).contains(new RecordedRequest("POST", "/api/v3/repos/octo/app/hooks", 0));
    }

    @Test
    void secondaryLimitSaysWhenToComeBack() throws Exception {
        forge.limitNext("GET", ".*/user", Duration.ofSeconds(7));

        Reply limited = rest.get("/user");

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("retry-after")).isEqualTo("7");
        assertThat(limited.json().path("message").asText()).contains("secondary rate limit");
        assertThat(rest.get("/user").status()).isEqualTo(200);
    }

    @Test
    void exhaustedAllowanceIsRenewed() throws Exception {
        forge.exhaustRateLimit(Duration.ofMinutes(5));
        Reply limited = rest.get("/user");
        assertThat(limited.status()).isEqualTo(403);
        assertThat(limited.header("x-ratelimit-remaining")).isEqualTo("0");
        assertThat(Instant.ofEpochSecond(Long.parseLong(limited.header("x-ratelimit-reset"))))
                .isAfter(Instant.now().plusSeconds(290));

        forge.exhaustRateLimit(Duration.ZERO);
        assertThat(rest.get("/user").status()).isEqualTo(200);
    }

    @Test
    void downIsDownForEverything() throws Exception {
        try (Receiver receiver = new Receiver()) {
            app.settings().addHook(HookSettings.json(receiver.url(), "s", "push"));
            forge.awaitDeliveries();
            receiver.forget();

            forge.goDown();
            Reply reply = rest.get("/user");
            app.commit("main", Map.of("a.txt", "a"), "Untold");
            forge.comeBack();
            forge.awaitDeliveries();

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Content-Type")).isEqualTo("text/html");
            assertThat(receiver.received()).isEmpty();
            assertThat(rest.get("/user").status()).isEqualTo(200);
        }
    }

    @Test
    void requestsAreCounted() throws Exception {
        rest.get("/user");
        rest.get("/repos/octo/absent?x=1");

        assertThat(forge.requests())
                .containsExactly(
                        new RecordedRequest("GET", "/api/v3/user", 200),
                        new RecordedRequest("GET", "/api/v3/repos/octo/absent?x=1", 404));
        forge.forgetRequests();
        assertThat(forge.requests()).isEmpty();
    }
}
