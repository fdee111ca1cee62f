package io.jenkins.plugins.bellhop.decide;

import java.util.regex.Pattern;

/** {@code [ci skip]} or {@code [skip ci]}, in any case, anywhere in a commit's message. */
public final class SkipMarker {

    private static final Pattern MARKER = Pattern.compile("\\[(ci skip|skip ci)]", Pattern.CASE_INSENSITIVE);

    private SkipMarker() {}

    public static boolean isIn(String message) {
        return MARKER.matcher(message).find();
    }
}
