package io.jenkins.plugins.bellhop.sandbox.http;

/**
 * A request that the forge answered, for counting calls.
 *
 * @param path with the query, without host
 * @param status what was answered; 0 when the answer was withheld
 */
public record RecordedRequest(String method, String path, int status) {}
