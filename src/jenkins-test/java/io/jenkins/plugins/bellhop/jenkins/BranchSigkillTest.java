package io.jenkins.plugins.bellhop.jenkins;

import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import io.jenkins.plugins.bellhop.support.Seed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Jenkins is killed at some moment between the answer to a push and the build of its branch in a multibranch project. Whatever
 * was acknowledged is built. {@code -Dbellhop.kills=20} kills more often than usual.
 */
class BranchSigkillTest {

    private static final int KILLS = Integer.getInteger("bellhop.kills", 5);
    /** Within this time, in milliseconds, an acknowledged push has become a branch's build. */
    private static final int LONGEST_WAIT = 1_500;

    @RegisterExtension
    final RealJenkinsExtension jenkins = DistantJenkins.extension();

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedIsBuilt() throws Throwable {
        Random random = Seed.fresh("BranchSigkillTest").random();
        Map<String, Integer> found = new TreeMap<>();
        try (DistantJenkins bench = new DistantJenkins(jenkins, directory, Stage.GITHUB)) {
            bench.app.commit("main", Map.of("Jenkinsfile", "echo 'built'"), "A Jenkinsfile");
            bench.startFirst();
            bench.connectProject("app");
            for (int kill = 0; kill < KILLS; kill++) {
                String commit = bench.pushAcknowledged("main");
                Thread.sleep(random.nextInt(LONGEST_WAIT));
                bench.kill();
                found.merge(bench.whereabouts("app", commit), 1, Integer::sum);
                bench.start();
                bench.awaitBranchBuilt("app", "main", commit);
            }
        }
        System.out.printf("%d kills; the trace of the push was found in %s.%n", KILLS, found);
    }
}
