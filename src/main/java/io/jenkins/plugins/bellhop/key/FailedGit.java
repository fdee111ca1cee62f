package io.jenkins.plugins.bellhop.key;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a build's log why git couldn't reach a repository, and says it with the key that was offered. */
public final class FailedGit {

    /** Characters of the log's end that are looked at. */
    public static final int LONGEST_TAIL = 262_144;

    /** What git says last when ssh failed, whatever the reason; without it the log is about something else. */
    private static final String GAVE_UP = "Could not read from remote repository.";

    /** ssh's and the server's words stand right before git's. */
    private static final int LINES_OF_A_FAILURE = 30;

    /** What the git plugin and people's scripts print before they call git. */
    private static final int LINES_OF_A_CALL = 200;

    /** Jenkins' links and marks within a log. */
    private static final Pattern NOTE = Pattern.compile("\u001B\\[8mha:[^\u001B]{0,8192}\u001B\\[0m");

    private static final Pattern NO_KEY = Pattern.compile("Bellhop has no key for (\\S+) on (\\S+); ssh goes on");

    private FailedGit() {}

    /**
     * The last failure of git over SSH, if there is one that can be explained.
     *
     * @param log its end; longer ones are cut
     * @param offered the keys that the build was offered
     */
    public static Optional<String> explain(String log, List<OfferedKey> offered) {
        String tail = log.substring(Math.max(0, log.length() - LONGEST_TAIL));
        List<String> lines = NOTE.matcher(tail).replaceAll("").lines().toList();
        int end = lastGivingUp(lines);
        if (end < 0) {
            return Optional.empty();
        }
        List<String> failure = before(lines, end, LINES_OF_A_FAILURE);
        Optional<String> withoutKey = failure.stream()
                .map(NO_KEY::matcher)
                .filter(Matcher::find)
                .map(FailedGit::withoutKey)
                .findFirst();
        return withoutKey.or(() -> mentioned(before(lines, end + 1, LINES_OF_A_CALL), offered)
                .map(key -> SshFailure.explain(String.join("\n", failure), key.fingerprint(), key.repository())
                        .sentence()));
    }

    private static int lastGivingUp(List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).contains(GAVE_UP)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> before(List<String> lines, int end, int most) {
        return lines.subList(Math.max(0, end - most), end);
    }

    private static String withoutKey(Matcher noKey) {
        return "No key of Bellhop's was offered for " + noKey.group(1) + " on " + noKey.group(2)
                + ": this job has none for it. Connect a job to that repository that may share its key, or add a key that is"
                + " bound to it in this job's repository connection.";
    }

    /** The offer whose repository the log names last; an only one needs no naming. */
    private static Optional<OfferedKey> mentioned(List<String> lines, List<OfferedKey> offered) {
        if (offered.size() == 1) {
            return Optional.of(offered.get(0));
        }
        List<String> newestFirst = new ArrayList<>(lines);
        Collections.reverse(newestFirst);
        for (String line : newestFirst) {
            Optional<OfferedKey> named =
                    offered.stream().filter(key -> names(line, key)).findFirst();
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    /** The whole path: {@code owner/app} isn't {@code owner/app-lib}. */
    private static boolean names(String line, OfferedKey key) {
        String path = Pattern.quote(key.repository().path().toLowerCase(Locale.ROOT));
        return Pattern.compile("[:/]" + path + "(?:\\.git)?/?(?![\\w.-])")
                .matcher(line.toLowerCase(Locale.ROOT))
                .find();
    }
}
