package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import io.jenkins.plugins.bellhop.support.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Jenkins is killed, again and again: while a build is held in the queue, and at some moment between the answer to a push and
 * the start of its build. Whatever was acknowledged is built, once. {@code -Dbellhop.kills=20} kills more often than usual.
 */
class SigkillTest {

    private static final int KILLS = Integer.getInteger("bellhop.kills", 5);
    /** Within this time, in milliseconds, an acknowledged push has become a build. */
    private static final int LONGEST_WAIT = 200;

    private static final String HELD = "held";
    private static final String FREE = "free";

    @RegisterExtension
    final RealJenkinsExtension jenkins = DistantJenkins.extension();

    @TempDir
    Path directory;

    private final List<String> pushed = new ArrayList<>();
    private final Map<String, Integer> found = new TreeMap<>();

    @Test
    void whatWasAcknowledgedIsBuiltOnce() throws Throwable {
        Random random = Seed.fresh("SigkillTest").random();
        try (DistantJenkins bench = new DistantJenkins(jenkins, directory, Stage.GITHUB)) {
            bench.startFirst();
            bench.connect(HELD, HELD, false);
            bench.connect(FREE, "", false);
            for (int kill = 0; kill < KILLS; kill++) {
                killBetweenAnswerAndStart(bench, random.nextInt(LONGEST_WAIT));
                bench.start();
                bench.awaitQueued(HELD, lastPush());
                bench.giveNode(HELD);
                bench.awaitBuilt(HELD, lastPush());
                bench.awaitBuilt(FREE, lastPush());
                bench.giveNode("");
            }
            // One more is handled after everything that came before, and after the look for what was missed.
            push(bench);
            bench.giveNode(HELD);
            bench.awaitBuilt(HELD, lastPush());
            bench.awaitBuilt(FREE, lastPush());
            assertThat(bench.builds(HELD)).containsExactlyInAnyOrderElementsOf(pushed);
            assertThat(bench.builds(FREE)).containsExactlyInAnyOrderElementsOf(pushed);
        }
        System.out.printf(
                "%d kills: %d pushes acknowledged, each built once by each of 2 jobs. One build was held in the queue at each kill;"
                        + " the trace of another push was found in %s.%n",
                KILLS, pushed.size(), found);
    }

    /** One push is held in the queue already, of another nobody knows how far it came. */
    private void killBetweenAnswerAndStart(DistantJenkins bench, int milliseconds) throws Throwable {
        push(bench);
        String held = lastPush();
        bench.awaitQueued(HELD, held);
        String commit = push(bench);
        Thread.sleep(milliseconds);
        bench.kill();
        assertThat(bench.whereabouts(HELD, commitOf(held))).isEqualTo("owed");
        found.merge(bench.whereabouts(FREE, commit), 1, Integer::sum);
    }

    private String push(DistantJenkins bench) {
        String commit = bench.pushAcknowledged("main");
        pushed.add("refs/heads/main " + commit);
        return commit;
    }

    private String lastPush() {
        return pushed.get(pushed.size() - 1);
    }

    private static String commitOf(String push) {
        return push.substring(push.indexOf(' ') + 1);
    }
}
