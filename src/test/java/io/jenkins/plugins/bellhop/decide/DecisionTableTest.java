package io.jenkins.plugins.bellhop.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the documentation, read from top to bottom, against every combination of settings and circumstances. */
class DecisionTableTest {

    private static final String PATHS = "src/**";

    /** One combination. */
    private record Row(String event, Watch watch, String hook, String pullRequest, String built, String files) {

        String situation() {
            return String.join(", ", hook, pullRequest, built, files, "may write");
        }

        boolean is(String word) {
            return event.contains(word);
        }

        /** What the first line of the table that fits says. */
        String expected() {
            if (is("delete") || is("closed")) {
                return "skip: Not built: there is nothing to build";
            }
            if (!is("PR") && hook.equals("no push events")) {
                return "skip: Not built: " + (is("tag") ? "push of tag" : "push of 0123456");
            }
            if (is("PR") && !is("approved") && hook.equals("no PR events")) {
                return "skip: Not built: pull request #7 ";
            }
            if (is("fork")) {
                return ofFork();
            }
            if (is("tag") && watch.tags().isEmpty()) {
                return "skip: Not built: tag v1: no tag filter is set";
            }
            if (is("drafted")) {
                return "skip: Not built: pull request #7 became a draft";
            }
            if (is("retargeted") && !watch.buildRetargeted()) {
                return "skip: Not built: only the target branch";
            }
            if (!is("retargeted") && built.equals("built")) {
                return "skip: Not built again: ";
            }
            if (is("tag")) {
                return "build: Built: the tag filter";
            }
            String answer = unfiltered();
            boolean excluded = !watch.paths().isEmpty() && files.equals("files docs/a.md");
            return answer.startsWith("build") && excluded ? "skip: Not built: " + described() : answer;
        }

        private String ofFork() {
            if (watch.forks() == Forks.OFF) {
                return "skip: Not built: pull request #7 comes from a fork";
            }
            if (is("ready") || is("retargeted")) {
                return "skip: Not built: pull request #7 ";
            }
            if (built.equals("built")) {
                return "skip: Not built again: ";
            }
            boolean member = !is("stranger");
            return switch (watch.forks()) {
                case OFF -> throw new AssertionError();
                case MEMBERS -> member ? "build: Built: pull request #7" : "skip: Not built: pull request #7";
                case APPROVED -> "skip: Not built: commit 0123456 of pull request #7";
                case ON -> "build: Built: pull request #7";
            };
        }

        private String unfiltered() {
            if (is("main")) {
                return "build: Built: push of 0123456 to branch main, the default branch";
            }
            if (is("draft") && watch.skipDrafts()) {
                return "skip: Not built: pull request #7 is a draft";
            }
            if (is("PR")) {
                boolean asPush = watch.onlyPullRequests() || !hook.equals("no push events");
                return asPush ? "build: Built: pull request #7" : "skip: Not built: pull request #7";
            }
            boolean counts = pullRequest.equals("open PR") || pullRequest.equals("draft PR") && !watch.skipDrafts();
            return !watch.onlyPullRequests() || counts
                    ? "build: Built: push of 0123456 to branch fix"
                    : "skip: Not built: \"Only build pull requests\" is on";
        }

        private String described() {
            return is("PR") ? "pull request #7" : "push of 0123456";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "push main, before told",
                "push fix, before told",
                "tag v1",
                "delete fix",
                "delete tag v1",
                "PR opened",
                "PR updated",
                "PR reopened",
                "PR ready",
                "PR retargeted",
                "PR touched",
                "draft PR drafted",
                "PR closed",
                "draft PR opened",
                "draft PR retargeted",
                "fork PR opened",
                "fork PR ready",
                "fork PR retargeted",
                "fork PR closed",
                "fork PR approved",
                "member fork PR updated",
                "stranger fork PR opened",
                "draft fork PR reopened",
            })
    void theFirstLineThatFitsDecides(String event) throws Undecided {
        int decided = 0;
        for (Row row : rows(event)) {
            String decision = Decider.decide(Cases.event(event), row.watch(), Cases.situation(row.situation()))
                    .match(build -> "build: " + build.reason(), skip -> "skip: " + skip.reason());
            if (!decision.startsWith(row.expected())) {
                assertThat(decision).as(row.toString()).startsWith(row.expected());
            }
            decided++;
        }
        assertThat(decided).isEqualTo(2 * 2 * 2 * 2 * 2 * 4 * 3 * 3 * 2 * 2);
    }

    private static List<Row> rows(String event) {
        List<Row> rows = new ArrayList<>();
        for (Watch watch : watches()) {
            for (String hook : List.of("all events", "no push events", "no PR events")) {
                for (String pullRequest : List.of("no PR", "draft PR", "open PR")) {
                    for (String built : List.of("built", "not built")) {
                        for (String files : List.of("files src/a.txt", "files docs/a.md")) {
                            rows.add(new Row(event, watch, hook, pullRequest, built, files));
                        }
                    }
                }
            }
        }
        return rows;
    }

    private static List<Watch> watches() {
        List<Watch> watches = new ArrayList<>();
        for (Forks forks : Forks.values()) {
            for (int bits = 0; bits < 32; bits++) {
                watches.add(Watch.DEFAULT
                        .withForks(forks)
                        .withOnlyPullRequests((bits & 1) != 0)
                        .withSkipDrafts((bits & 2) != 0)
                        .withBuildRetargeted((bits & 4) != 0)
                        .withPaths(new RefFilter((bits & 8) != 0 ? PATHS : ""))
                        .withTags(new RefFilter((bits & 16) != 0 ? "v*" : "")));
            }
        }
        return watches;
    }
}
