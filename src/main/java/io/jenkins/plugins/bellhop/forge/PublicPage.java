package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.delivery.TooLarge;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads what a forge publishes for everybody, over TLS and only if its certificate is in order. Sends no credential. */
public final class PublicPage {

    private final HttpClient http;

    /** @param http without automatic redirects: another address is another publisher */
    public PublicPage(HttpClient http) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("expected an HTTP client that leaves redirects to its caller");
        }
        this.http = http;
    }

    /** The page's bytes. Takes as long as {@link RestClient#REQUEST_TIMEOUT} at most. */
    public byte[] read(URI page) throws ForgeFailure {
        if (!"https".equals(page.getScheme())) {
            throw new IllegalArgumentException("expected a page that starts with https://, found " + page);
        }
        HttpRequest request =
                HttpRequest.newBuilder(page).header("User-Agent", "Bellhop").build();
        HttpResponse<byte[]> answer = answered(request, page);
        if (answer.statusCode() != 200) {
            throw new ForgeFailure(
                    Kind.UNREADABLE_ANSWER,
                    "Could not read " + page + ": expected status 200, found " + answer.statusCode() + ".");
        }
        return answer.body();
    }

    /** As {@link #read}, a text in UTF-8. */
    public String text(URI page) throws ForgeFailure {
        return new String(read(page), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> answered(HttpRequest request, URI page) throws ForgeFailure {
        CompletableFuture<HttpResponse<byte[]>> exchange = http.sendAsync(request, BoundedAnswer.handler());
        try {
            return exchange.get(RestClient.REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw unreachable(page, "no whole answer within " + RestClient.REQUEST_TIMEOUT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            Kind kind = e.getCause() instanceof TooLarge ? Kind.UNREADABLE_ANSWER : Kind.UNREACHABLE;
            throw new ForgeFailure(kind, "Could not read " + page + ": " + reason(e.getCause()) + ".");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable(page, "the waiting thread was interrupted");
        }
    }

    /** An address that no name server knows comes without a word. */
    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? "the host can't be reached" : failure.getMessage();
    }

    private static ForgeFailure unreachable(URI page, String reason) {
        return new ForgeFailure(Kind.UNREACHABLE, "Could not read " + page + ": " + reason + ".");
    }
}
