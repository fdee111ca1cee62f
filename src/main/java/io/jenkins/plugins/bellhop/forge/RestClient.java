package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.TooLarge;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * The one HTTP client of all forges. Speaks to one configured base URL only: redirects and next pages that lead to
 * another origin are refused, so that no credential leaves for a host nobody configured.
 */
public final class RestClient {

    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** For one exchange, from the first byte sent to the last byte read. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    /** Redirects in a row; a renamed repository takes one. */
    public static final int MOST_REDIRECTS = 5;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]+");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final HttpClient http;
    private final URI base;
    private final Secret authorization;
    private final Map<String, String> headers;
    private final Duration timeout;

    /**
     * @param http without automatic redirects; inside Jenkins the one that knows Jenkins' proxy
     * @param base the API's root without a trailing slash; plain http is accepted on loopback alone
     * @param authorization the value of the Authorization header
     * @param headers sent with every request
     */
    public RestClient(HttpClient http, URI base, Secret authorization, Map<String, String> headers) {
        this(http, base, authorization, headers, REQUEST_TIMEOUT);
    }

    RestClient(HttpClient http, URI base, Secret authorization, Map<String, String> headers, Duration timeout) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("expected an HTTP client that leaves redirects to its caller");
        }
        this.http = http;
        this.base = checked(base);
        this.authorization = authorization;
        this.headers = Map.copyOf(headers);
        this.timeout = timeout;
    }

    /** @throws IllegalArgumentException unless credentials are safe on the way there */
    public static URI checked(URI base) {
        boolean secure = "https".equals(base.getScheme()) && base.getHost() != null;
        boolean loopback = "http".equals(base.getScheme()) && LOOPBACK.contains(base.getHost());
        boolean plain = base.getUserInfo() == null && base.getQuery() == null && base.getFragment() == null;
        if (!secure && !loopback || !plain) {
            throw new IllegalArgumentException(
                    "expected an API URL that starts with https:// (http:// is accepted for this machine alone), found "
                            + (plain ? base : "one with a user, a query or a fragment"));
        }
        return base;
    }

    public Answer get(String path) throws ForgeFailure {
        return send("GET", URI.create(base + path), Optional.empty());
    }

    public Answer post(String path, String json) throws ForgeFailure {
        return send("POST", URI.create(base + path), Optional.of(json));
    }

    public Answer put(String path, String json) throws ForgeFailure {
        return send("PUT", URI.create(base + path), Optional.of(json));
    }

    public Answer patch(String path, String json) throws ForgeFailure {
        return send("PATCH", URI.create(base + path), Optional.of(json));
    }

    public Answer delete(String path) throws ForgeFailure {
        return send("DELETE", URI.create(base + path), Optional.empty());
    }

    /** Follows a link that the forge itself gave, such as the next page: an absolute URL, or a path below the base. */
    public Answer follow(URI link) throws ForgeFailure {
        return send("GET", sameOrigin(link.isAbsolute() ? link : belowBase(link)), Optional.empty());
    }

    /** What doesn't start with a slash would go on with the base's host name. */
    private URI belowBase(URI path) throws ForgeFailure {
        if (!path.toString().startsWith("/")) {
            throw new ForgeFailure(Kind.UNREADABLE_ANSWER, base.getHost() + " led on to something that is no URL.");
        }
        return URI.create(base + path.toString());
    }

    /** The method stays what it was over every redirect: GitHub answers 301 to GET and 307 to all others. */
    private Answer send(String method, URI first, Optional<String> json) throws ForgeFailure {
        URI uri = first;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            Answer answer = exchange(request(method, uri, json));
            if (!REDIRECTS.contains(answer.status())) {
                return answer;
            }
            uri = sameOrigin(uri.resolve(location(answer, uri)));
        }
        throw new ForgeFailure(
                Kind.UNREADABLE_ANSWER,
                base.getHost() + " redirected " + method + " " + first.getPath() + " more than " + MOST_REDIRECTS
                        + " times.");
    }

    private static URI location(Answer answer, URI asked) throws ForgeFailure {
        try {
            // An empty one would resolve to the folder of what was asked.
            return new URI(
                    answer.header("Location").filter(text -> !text.isBlank()).orElse(":"));
        } catch (URISyntaxException e) {
            throw new ForgeFailure(
                    Kind.UNREADABLE_ANSWER,
                    asked.getHost() + " redirected " + asked.getPath() + " to something that is no URL.");
        }
    }

    private URI sameOrigin(URI link) throws ForgeFailure {
        boolean same = base.getScheme().equals(link.getScheme())
                && base.getHost().equalsIgnoreCase(link.getHost())
                && base.getPort() == link.getPort();
        if (!same) {
            throw new ForgeFailure(
                    Kind.UNREADABLE_ANSWER,
                    base.getHost() + " led on to another server, " + link.getHost() + "; no credential is sent there.");
        }
        return link;
    }

    private HttpRequest request(String method, URI uri, Optional<String> json) throws ForgeFailure {
        // Java's own complaint would repeat the token.
        if (!HEADER_VALUE.matcher(authorization.reveal()).matches()) {
            throw new ForgeFailure(
                    Kind.NOT_AUTHENTICATED,
                    "The token for " + base.getHost()
                            + " contains a line end or another character that no token has. Enter it again.");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Authorization", authorization.reveal())
                .header("User-Agent", "Bellhop");
        headers.forEach(request::header);
        json.ifPresent(body -> request.header("Content-Type", "application/json"));
        return request.method(method, json.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()))
                .build();
    }

    private Answer exchange(HttpRequest request) throws ForgeFailure {
        CompletableFuture<HttpResponse<byte[]>> exchange = http.sendAsync(request, BoundedAnswer.handler());
        try {
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw unreachable(request, "no whole answer within " + timeout.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TooLarge tooLarge) {
                throw new ForgeFailure(
                        Kind.UNREADABLE_ANSWER,
                        request.uri().getHost() + " answered " + asked(request) + " with too much: "
                                + tooLarge.getMessage() + ".");
            }
            throw unreachable(request, reason(e.getCause()));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable(request, "the waiting thread was interrupted");
        }
    }

    private static ForgeFailure unreachable(HttpRequest request, String reason) {
        return new ForgeFailure(
                Kind.UNREACHABLE,
                "Could not reach " + request.uri().getHost() + " for " + asked(request) + ": " + reason + ".");
    }

    private static String asked(HttpRequest request) {
        return request.method() + " " + request.uri().getPath();
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
