package io.jenkins.plugins.bellhop.sandbox.rest;

import io.jenkins.plugins.bellhop.sandbox.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What a request's {@code Authorization} header holds; the user is empty when the token stands alone (Bearer). */
public record Credentials(String user, String token) {

    /** Empty for a header of any other form. */
    public static Optional<Credentials> of(Request request) {
        String[] words = request.header("Authorization").orElse("").strip().split(" +", 2);
        if (words.length < 2) {
            return Optional.empty();
        }
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(new Credentials("", words[1]));
            case "basic" -> basic(words[1]);
            default -> Optional.empty();
        };
    }

    public boolean bearer() {
        return user.isEmpty();
    }

    /** Without the token: credentials end up in assertion messages. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }

    private static Optional<Credentials> basic(String encoded) {
        try {
            String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
