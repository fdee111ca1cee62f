package io.jenkins.plugins.bellhop.jenkins.receive;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.bellhop.flow.Receipt;
import io.jenkins.plugins.bellhop.flow.Request;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * {@code POST /bellhop/hook/<path>}: where forges deliver. Open to everybody, since forges don't log in; what counts is the
 * signature. Reads no request parameter, which would consume a form's body before its signature is checked.
 */
@Extension
public final class WebhookEndpoint implements UnprotectedRootAction {

    static final String URL_NAME = "bellhop";
    static final String HOOK = "/" + URL_NAME + "/hook/";

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /** Stapler's name for {@code /bellhop/hook/…}. */
    public void doHook(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            answer(response, 405, "Forges deliver here with POST.");
            return;
        }
        Receipt receipt = Wiring.get().receiver().receive(requestOf(request));
        answer(response, receipt.httpStatus(), receipt.sentence());
    }

    private static Request requestOf(StaplerRequest2 request) {
        String rest = request.getRestOfPath();
        long length = request.getContentLengthLong();
        return new Request(
                rest.startsWith("/") ? rest.substring(1) : rest,
                headers(request),
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                request::getInputStream);
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return headers;
    }

    private static void answer(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
