package org.kohsuke.stapler;

@SuppressWarnings("serial")
public final class HttpRedirect extends RuntimeException implements HttpResponse {

    public HttpRedirect(String url) {}
}
