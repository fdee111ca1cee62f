package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.support.LocalServer;
import io.jenkins.plugins.bellhop.support.LocalServer.Asked;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestClientTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private static final Secret TOKEN = Secret.of("Bearer hunter2");

    private LocalServer server = LocalServer.answering(asked -> Reply.of(200, "{}"));

    @AfterEach
    void stop() {
        server.close();
    }

    private RestClient answering(Function<Asked, Reply> script) {
        server.close();
        server = LocalServer.answering(script);
        return client(server.uri());
    }

    private static RestClient client(URI base) {
        return new RestClient(HTTP, base, TOKEN, Map.of("Accept", "application/json"));
    }

    @Test
    void sendsCredentialAndHeadersWithEachMethod() throws ForgeFailure {
        RestClient client = answering(asked -> Reply.of(200, "{\"ok\":true}").with("X-Told", "so"));

        Answer got = client.get("/repos/acme/app?x=1");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.isSuccess()).isTrue();
        assertThat(got.header("x-told")).contains("so");
        client.post("/repos", "{\"name\":\"ä\"}");
        client.delete("/repos/7");

        assertThat(server.asked())
                .extracting(Asked::line)
                .containsExactly("GET /repos/acme/app?x=1", "POST /repos", "DELETE /repos/7");
        assertThat(server.asked()).allSatisfy(asked -> {
            assertThat(asked.header("Authorization")).contains("Bearer hunter2");
            assertThat(asked.header("User-Agent")).contains("Bellhop");
            assertThat(asked.header("Accept")).contains("application/json");
        });
        assertThat(server.asked()).extracting(Asked::body).containsExactly("", "{\"name\":\"ä\"}", "");
        assertThat(server.asked().get(1).header("Content-Type")).contains("application/json");
    }

    @Test
    void aRefusalIsAnAnswerAndNotAFailure() throws ForgeFailure {
        Answer answer =
                answering(asked -> Reply.of(404, "{\"message\":\"Not Found\"}")).get("/x");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.message()).isEqualTo("Not Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"message\": 7}"})
    void anAnswerWithoutAMessageHasAnEmptyOne(String body) throws ForgeFailure {
        assertThat(answering(asked -> Reply.of(500, body)).get("/x").message()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void followsARedirectWithMethodAndBodyKept(int status) throws ForgeFailure {
        RestClient client = answering(asked -> asked.uri().startsWith("/new")
                ? Reply.of(200, "{}")
                : Reply.of(status, "").with("Location", server.uri() + "/new?from=old"));

        assertThat(client.get("/old").status()).isEqualTo(200);
        assertThat(client.post("/old", "{\"a\":1}").status()).isEqualTo(200);
        assertThat(client.delete("/old").status()).isEqualTo(200);

        assertThat(server.asked())
                .filteredOn(asked -> asked.uri().startsWith("/new"))
                .extracting(Asked::line)
                .containsExactly("GET /new?from=old", "POST /new?from=old", "DELETE /new?from=old");
        assertThat(server.asked().get(3).body()).isEqualTo("{\"a\":1}");
        assertThat(server.asked().get(3).header("Authorization")).contains("Bearer hunter2");
    }

    @Test
    void followsARedirectToAPathAlone() throws ForgeFailure {
        answering(asked -> asked.uri().equals("/b")
                        ? Reply.of(200, "{}")
                        : Reply.of(301, "").with("Location", "/b"))
                .get("/a");

        assertThat(server.lastAsked().line()).isEqualTo("GET /b");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 303, 304})
    void doesNotFollowOtherAnswersOfTheThirdHundred(int status) throws ForgeFailure {
        assertThat(answering(asked -> Reply.of(status, "").with("Location", "/b"))
                        .get("/a")
                        .status())
                .isEqualTo(status);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void followsAsManyRedirectsAsItMayAndNoMore() throws ForgeFailure {
        RestClient client = answering(asked -> {
            int left = Integer.parseInt(asked.uri().substring(1));
            return left == 0 ? Reply.of(200, "{}") : Reply.of(301, "").with("Location", "/" + (left - 1));
        });

        assertThat(client.get("/" + RestClient.MOST_REDIRECTS).status()).isEqualTo(200);
        assertFailure(
                () -> client.get("/" + (RestClient.MOST_REDIRECTS + 1)),
                Kind.UNREADABLE_ANSWER,
                "127.0.0.1 redirected GET /6 more than 5 times.");
        assertThat(server.asked()).hasSize(2 * (RestClient.MOST_REDIRECTS + 1));
    }

    @Test
    void sendsNoCredentialToAnotherServer() {
        try (LocalServer other = LocalServer.answering(asked -> Reply.of(200, "{}"))) {
            RestClient client = answering(asked -> Reply.of(307, "").with("Location", other.uri() + "/repos"));

            assertFailure(
                    () -> client.post("/repos", "{}"),
                    Kind.UNREADABLE_ANSWER,
                    "127.0.0.1 led on to another server, 127.0.0.1; no credential is sent there.");
            assertFailure(
                    () -> client.follow(other.uri().resolve("/page2")),
                    Kind.UNREADABLE_ANSWER,
                    "127.0.0.1 led on to another server, 127.0.0.1; no credential is sent there.");
            assertThat(other.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:PORT/b",
                "http://localhost:PORT/b",
                "http://127.0.0.1/b",
                "//evil.example/b",
                "http://127.0.0.1:PORT@evil.example/b",
                "http://evil.example:PORT/b",
                "ftp://127.0.0.1:PORT/b",
                "http:opaque",
                "http:///b"
            })
    void refusesARedirectToAnotherOrigin(String location) {
        RestClient client = answering(asked -> Reply.of(301, "")
                .with(
                        "Location",
                        location.replace("PORT", Integer.toString(server.uri().getPort()))));

        assertThat(failure(() -> client.get("/a")).getMessage()).contains("led on to another server");
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://[", "/a b", "::"})
    void refusesARedirectToNowhere(String location) {
        RestClient client = answering(asked -> Reply.of(301, "").with("Location", location));

        assertFailure(
                () -> client.post("/a/b", "{}"),
                Kind.UNREADABLE_ANSWER,
                "127.0.0.1 redirected /a/b to something that is no URL.");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void refusesARedirectWithoutATarget() {
        RestClient client = answering(asked -> Reply.of(301, ""));

        assertThat(failure(() -> client.post("/a/b", "{}")).getMessage()).endsWith("to something that is no URL.");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void followsALinkOfTheSameServer() throws ForgeFailure {
        RestClient client = answering(asked -> Reply.of(200, "{}"));

        assertThat(client.follow(server.uri().resolve("/page2?x=1")).status()).isEqualTo(200);
        assertThat(server.lastAsked().line()).isEqualTo("GET /page2?x=1");
    }

    @Test
    void takesTheLargestAnswerAndNotAByteMore() throws ForgeFailure {
        RestClient client = answering(
                asked -> Reply.bytes(200, new byte[Integer.parseInt(asked.uri().substring(1))]));

        assertThat(client.get("/" + BoundedAnswer.LARGEST).status()).isEqualTo(200);
        assertFailure(
                () -> client.get("/" + (BoundedAnswer.LARGEST + 1)),
                Kind.UNREADABLE_ANSWER,
                "127.0.0.1 answered GET /10485761 with too much: expected an answer of at most 10485760 bytes, found"
                        + " 10485761 or more.");
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.github.com", "https://git.example.com/api/v3", "https://git.example.com:8443/api/v3",
        "http://127.0.0.1:8080", "http://localhost:8080/api/v3", "http://[::1]:8080"
    })
    void speaksToSecureOrLocalServers(URI base) {
        assertThat(RestClient.checked(base)).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.github.com",
                "http://10.0.0.7",
                "http://127.0.0.1.evil.example",
                "http://0.0.0.0",
                "ftp://git.example.com",
                "https:///api",
                "api.github.com",
                "file:///api",
                "https://user:hunter2@git.example.com",
                "http://user:hunter2@127.0.0.1",
                "https://git.example.com?token=hunter2",
                "https://git.example.com/api#hunter2"
            })
    void speaksToNoOthersAndRepeatsNoSecretOfTheirs(String base) {
        assertThatThrownBy(() -> client(URI.create(base)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected an API URL that starts with https:// (http:// is accepted for this"
                        + " machine alone), found ")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void wantsAnHttpClientThatLeavesRedirectsToIt() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThatThrownBy(() -> new RestClient(following, URI.create("https://api.github.com"), TOKEN, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer hunter2\n", "Bearer hunter2\r\nX-Evil: 1", "Bearer hunter2\u0000", "Bearer hünter2\u2028"
            })
    void aTokenWithACharacterThatNoneHasIsNotRepeated(String authorization) {
        RestClient client = new RestClient(HTTP, server.uri(), Secret.of(authorization), Map.of());

        assertFailure(
                () -> client.get("/x"),
                Kind.NOT_AUTHENTICATED,
                "The token for 127.0.0.1 contains a line end or another character that no token has. Enter it again.");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void theCredentialIsNeverPrinted() throws ForgeFailure {
        RestClient client = client(server.uri());

        assertThat(client.toString() + client.get("/x")).doesNotContain("hunter2");
    }

    private static ForgeFailure failure(ThrowingCallable call) {
        ForgeFailure failure = catchThrowableOfType(ForgeFailure.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).doesNotContain("hunter2");
        return failure;
    }

    private static void assertFailure(ThrowingCallable call, Kind kind, String message) {
        ForgeFailure failure = failure(call);
        assertThat(failure.getMessage()).isEqualTo(message);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retryAt()).isEmpty();
    }
}
