package io.jenkins.plugins.bellhop.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A push's own list of files is believed only where it can't be short. */
class GitHubPushTest {

    @Test
    void joinsTheFilesOfAllCommits() throws UnreadablePayload {
        assertThat(files(commits(2), "")).contains(ChangedFiles.all(List.of("a0", "m0", "r0", "a1", "m1", "r1")));
    }

    @Test
    void aListAsLongAsTheShortestLimitMayBeCutOff() throws UnreadablePayload {
        assertThat(files(commits(GitHubPush.MOST_COMMITS - 1), "")).isPresent();
        assertThat(files(commits(GitHubPush.MOST_COMMITS), "")).isEmpty();
    }

    @Test
    void nothingIsTakenFromAPushThatTellsLessThanItChanges() throws UnreadablePayload {
        assertThat(files(commits(1), ", 'forced': true")).isEmpty();
        assertThat(files(commits(1), ", 'created': true")).isEmpty();
        assertThat(files("", "")).isEmpty();
        assertThat(files("{'id': 'after'}", "")).as("no files told").isEmpty();
        assertThat(files(commits(1) + ", {'id': 'another', 'added': [], 'removed': [], 'modified': []}", ""))
                .as("doesn't end at the new head")
                .isEmpty();
    }

    @Test
    void moreFilesThanAreKeptAreNotTold() throws UnreadablePayload {
        assertThat(files(commit(ChangedFiles.MOST), "")).isPresent();
        assertThat(files(commit(ChangedFiles.MOST + 1), "")).isEmpty();
    }

    private static String commit(int files) {
        String added = IntStream.range(0, files).mapToObj(i -> "'f" + i + "'").collect(Collectors.joining(","));
        return "{'id': 'after', 'added': [" + added + "], 'removed': [], 'modified': []}";
    }

    private static String commits(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{'id': '" + (i == number - 1 ? "after" : "c" + i) + "', 'added': ['a" + i
                        + "'], 'removed': ['r" + i + "'], 'modified': ['m" + i + "']}")
                .collect(Collectors.joining(","));
    }

    private static Optional<ChangedFiles> files(String commits, String more) throws UnreadablePayload {
        String payload = "{'after': 'after', 'commits': [" + commits + "]" + more + "}";
        return GitHubPush.files(Json.parse(payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
