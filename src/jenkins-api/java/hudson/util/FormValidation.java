package hudson.util;

import java.io.IOException;

@SuppressWarnings("serial")
public abstract class FormValidation extends IOException {

    private FormValidation() {}

    public static FormValidation ok() {
        return null;
    }

    public static FormValidation ok(String message) {
        return null;
    }

    public static FormValidation warning(String message) {
        return null;
    }

    public static FormValidation error(String message) {
        return null;
    }

    public static FormValidation okWithMarkup(String message) {
        return null;
    }

    public static FormValidation errorWithMarkup(String message) {
        return null;
    }
}
