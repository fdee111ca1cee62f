package io.jenkins.plugins.bellhop.flow;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A webhook request as an HTTP server hands it over, unread.
 *
 * @param hookPath the last part of its path
 * @param contentLength as claimed, if at all
 */
public record Request(
        String hookPath,
        Map<String, ? extends Collection<String>> headers,
        OptionalLong contentLength,
        BodySource body) {

    /** Opens the body's bytes as sent; called once, and only when headers and hook are in order. */
    @FunctionalInterface
    public interface BodySource {
        InputStream open() throws IOException;
    }
}
