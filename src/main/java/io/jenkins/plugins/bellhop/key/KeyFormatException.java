package io.jenkins.plugins.bellhop.key;

/**
 * Text that should have been a key, a fingerprint or a host name and isn't. The message says what was expected and what
 * was found, and never repeats text that could be a private key.
 */
public final class KeyFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    KeyFormatException(String message) {
        super(message);
    }
}
