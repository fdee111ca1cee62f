package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * That the Git plugin was to use a deploy key's credential that it didn't find, as a build's log has it.
 *
 * @param id the credential's
 * @param remote what the plugin read without it; empty when the log doesn't say so
 */
public record MissingCredential(String id, Optional<RemoteUrl> remote) {

    /** The plugin's own words, and what Bellhop calls the credentials of connections. */
    private static final Pattern MISSING = Pattern.compile(
            "CredentialId \"(bellhop-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\" could not be found");

    private static final Pattern READ = Pattern.compile("(?:Cloning repository|Fetching upstream changes from) (\\S+)");

    /**
     * The last one.
     *
     * @param log its end; of a longer one the last {@link FailedGit#LONGEST_TAIL} characters are looked at
     */
    public static Optional<MissingCredential> in(String log) {
        String end = log.substring(Math.max(0, log.length() - FailedGit.LONGEST_TAIL));
        return MISSING.matcher(end)
                .results()
                .reduce((earlier, later) -> later)
                .map((MatchResult found) -> new MissingCredential(found.group(1), read(end.substring(found.end()))));
    }

    private static Optional<RemoteUrl> read(String log) {
        return READ.matcher(log).results().findFirst().flatMap(found -> parsed(found.group(1)));
    }

    private static Optional<RemoteUrl> parsed(String url) {
        try {
            return Optional.of(RemoteUrl.parse(url));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
