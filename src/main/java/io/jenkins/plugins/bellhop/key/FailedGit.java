package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** After its failure git says which clone it was of, if it was a submodule's. */
    private static final int LINES_AFTER = 6;

    /** Characters of a line that are looked at: builds print what they like. */
    static final int LONGEST_LINE = 1_000;

    private static final Pattern REMOTE = Pattern.compile(
            "(?:ssh|git\\+ssh)://[^\\s'\"]{1,1000}|(?<![\\w.-])[\\w.-]{1,255}+@[\\w.-]{1,255}+:[^\\s'\":]{1,1000}");

    private static final Pattern NO_KEY =
            Pattern.compile("Bellhop has no key for (\\S{1,1000}) on (\\S{1,255}); ssh goes on");

    private FailedGit() {}

    /**
     * The last failure of git over SSH, if there is one that can be explained.
     *
     * @param log its end; longer ones are cut
     * @param offered the keys that the build was offered
     */
    public static Optional<String> explain(String log, List<OfferedKey> offered) {
        String tail = log.substring(Math.max(0, log.length() - LONGEST_TAIL));
        List<String> lines = NOTE.matcher(tail)
                .replaceAll("")
                .lines()
                .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE)))
                .toList();
        int end = lastGivingUp(lines);
        if (end < 0) {
            return Optional.empty();
        }
        List<String> failure = before(lines, end, LINES_OF_A_FAILURE);
        return keyless(failure)
                .or(() -> called(lines, end)
                        .map(repository -> explained(failure, repository, offered))
                        .or(() -> offered.size() == 1
                                ? Optional.of(explained(failure, offered.get(0)))
                                : Optional.empty()));
    }

    /** What the script that git ran in ssh's place said itself. */
    private static Optional<String> keyless(List<String> failure) {
        return failure.stream()
                .map(NO_KEY::matcher)
                .filter(Matcher::find)
                .flatMap(said -> readable("ssh://" + said.group(2) + "/" + said.group(1)).stream())
                .map(repository -> withoutKey(repository.path(), repository.host()))
                .findFirst();
    }

    private static String explained(List<String> failure, RemoteUrl repository, List<OfferedKey> offered) {
        return offered.stream()
                .filter(key -> key.repository().leadsToSameRepositoryAs(repository))
                .findFirst()
                .map(key -> explained(failure, key))
                .orElseGet(() -> withoutKey(repository.path(), repository.host()));
    }

    private static String explained(List<String> failure, OfferedKey key) {
        return SshFailure.explain(String.join("\n", failure), key.fingerprint(), key.repository())
                .sentence();
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

    private static String withoutKey(String path, String host) {
        return "No key of Bellhop's was offered for " + path + " on " + host
                + ": this job has none for it. Add an SSH key that opens it to the additional keys of this job's repository"
                + " connection, bound to that repository.";
    }

    /** The repository that the log names nearest to the failure. */
    private static Optional<RemoteUrl> called(List<String> lines, int end) {
        List<String> nearestFirst = new ArrayList<>(before(lines, end, LINES_OF_A_CALL));
        Collections.reverse(nearestFirst);
        List<String> after = lines.subList(end, Math.min(lines.size(), end + LINES_AFTER));
        return Stream.concat(after.stream(), nearestFirst.stream())
                .flatMap(line -> REMOTE.matcher(line).results())
                .flatMap(found -> readable(found.group()).stream())
                .findFirst();
    }

    private static Optional<RemoteUrl> readable(String text) {
        try {
            return Optional.of(RemoteUrl.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
