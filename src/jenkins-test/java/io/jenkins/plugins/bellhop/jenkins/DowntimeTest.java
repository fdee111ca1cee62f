package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Jenkins is down while things happen in the repository: afterwards it builds what it would have built, and nothing else. */
class DowntimeTest {

    private static final String ALL = "all";
    private static final String REQUESTS = "requests";

    @RegisterExtension
    final RealJenkinsExtension jenkins = DistantJenkins.extension();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Stage.class)
    void whatHappenedMeanwhileIsBuilt(Stage stage) throws Throwable {
        try (DistantJenkins bench = new DistantJenkins(jenkins, directory, stage)) {
            bench.push("old");
            bench.app.tag("v0", bench.push("untouched"));
            bench.startFirst();
            bench.connect(ALL, "", false);
            bench.connect(REQUESTS, "", true);
            bench.awaitHeadsNoted("refs/heads/old");
            String before = build("main", bench.pushAcknowledged("main"));
            bench.awaitBuilt(ALL, before);
            bench.awaitBuilt(REQUESTS, before);
            bench.kill();

            String main = build("main", bench.push("main"));
            String fresh = bench.push("fresh");
            bench.app.tag("v1", fresh);
            bench.app.tag("nightly", fresh);
            bench.app.deleteBranch("old");
            String idea = build("idea", bench.push("idea"));
            bench.app.pulls().open(bench.app, "idea", "main", "My idea", false);
            bench.app.rename("application");
            bench.forge.awaitDeliveries();

            // A Data Center whose deliveries failed sends none for a while.
            if (stage == Stage.BITBUCKET_DC) {
                bench.forge.dataCenter().installation().circuitBreak(Duration.ofMillis(1));
            }
            bench.start();
            String tag = "refs/tags/v1 " + fresh;
            bench.awaitBuilt(ALL, main, build("fresh", fresh), tag, idea);
            bench.awaitBuilt(REQUESTS, main, tag, idea);
            String after = build("main", bench.pushAcknowledged("main"));
            bench.awaitBuilt(ALL, after);
            bench.awaitBuilt(REQUESTS, after);
            assertThat(bench.builds(ALL))
                    .containsExactlyInAnyOrder(before, main, build("fresh", fresh), tag, idea, after);
            assertThat(bench.builds(REQUESTS)).containsExactlyInAnyOrder(before, main, tag, idea, after);
        }
    }

    private static String build(String branch, String commit) {
        return "refs/heads/" + branch + " " + commit;
    }
}
