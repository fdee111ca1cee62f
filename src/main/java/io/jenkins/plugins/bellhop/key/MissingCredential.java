package io.jenkins.plugins.bellhop.key;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds in a build's log that the Git plugin was to use a deploy key's credential that isn't there any more. */
public final class MissingCredential {

    /** The plugin's own words, and what Bellhop calls the credentials of connections. */
    private static final Pattern MISSING = Pattern.compile(
            "CredentialId \"(bellhop-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\" could not be found");

    private MissingCredential() {}

    /**
     * The id of the last one.
     *
     * @param log its end; of a longer one the last {@link FailedGit#LONGEST_TAIL} characters are looked at
     */
    public static Optional<String> in(String log) {
        return MISSING.matcher(log.substring(Math.max(0, log.length() - FailedGit.LONGEST_TAIL)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .reduce((earlier, later) -> later);
    }
}
