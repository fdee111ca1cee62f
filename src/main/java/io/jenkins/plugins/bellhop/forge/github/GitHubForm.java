package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Hooks made by hand default to content type "form": the JSON is then the form's field {@code payload}. */
final class GitHubForm {

    private static final String FIELD = "payload=";

    private GitHubForm() {}

    static byte[] json(VerifiedDelivery delivery) throws UnreadablePayload {
        byte[] body = delivery.body();
        boolean isForm = delivery.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(GitHubDialect.FORM))
                .isPresent();
        return isForm ? field(new String(body, StandardCharsets.ISO_8859_1)) : body;
    }

    private static byte[] field(String form) throws UnreadablePayload {
        for (String pair : form.split("&")) {
            if (pair.startsWith(FIELD)) {
                return decoded(pair.substring(FIELD.length()));
            }
        }
        throw new UnreadablePayload("form", "expected a field payload with JSON, found none");
    }

    private static byte[] decoded(String encoded) throws UnreadablePayload {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnreadablePayload("form.payload", "expected percent-encoded JSON, found another encoding");
        }
    }
}
