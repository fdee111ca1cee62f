package io.jenkins.plugins.bellhop.jenkins;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.forge.RestClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Function;

/** A forge's URL as people enter it. */
final class ServerUrl {

    private ServerUrl() {}

    /** @throws IllegalArgumentException for a URL that a token can't safely be sent to */
    static URI checked(String text, String example) {
        try {
            return RestClient.checked(new URI(Util.fixNull(text).trim().replaceAll("/+$", "")));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("expected a URL such as " + example + ", found " + Quoted.text(text));
        }
    }

    /** The form's answer while somebody types; says nothing to people who may not configure Jenkins. */
    static FormValidation validation(String text, String example) {
        return validation(text, example, url -> FormValidation.ok());
    }

    /** @param judged what to say of a URL that is a safe one */
    static FormValidation validation(String text, String example, Function<URI, FormValidation> judged) {
        if (!Wiring.mayConfigure(null) || Util.fixEmptyAndTrim(text) == null) {
            return FormValidation.ok();
        }
        try {
            return judged.apply(checked(text, example));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
