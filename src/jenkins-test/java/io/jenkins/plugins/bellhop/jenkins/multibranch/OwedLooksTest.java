package io.jenkins.plugins.bellhop.jenkins.multibranch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What projects were told, on disk. */
class OwedLooksTest {

    private static final String MAIN = "refs/heads/main";

    @TempDir
    Path directory;

    private OwedLooks looks;

    @BeforeEach
    void open() throws Exception {
        looks = new OwedLooks(directory);
    }

    @Test
    void lookIsReadAgainUntilItIsSettled() throws Exception {
        OwedLook told = at("team/app", "main", 'a');
        looks.add(told);
        looks.add(OwedLook.atAll("team/app", "tag v1 pushed", 7));
        looks.queued(told);
        looks.awaitWritten();

        OwedLook read = new OwedLooks(directory).find("team/app", MAIN).orElseThrow();
        assertThat(read.isQueued()).isTrue();
        assertThat(read.news()).isEqualTo(told.news());
        assertThat(read.happened()).isEqualTo("push");
        assertThat(read.since()).isEqualTo(5);
        assertThat(new OwedLooks(directory).find("team/app", "").orElseThrow().news())
                .isEmpty();

        looks.settle(looks.find("team/app", MAIN).orElseThrow());
        looks.settle(looks.find("team/app", "").orElseThrow());
        assertThat(looks.isEmpty()).isTrue();
        looks.awaitWritten();
        assertThat(new OwedLooks(directory).isEmpty()).isTrue();
    }

    @Test
    void whatCameOfOlderNewsSettlesNoNewerOnes() throws Exception {
        OwedLook older = at("app", "main", 'a');
        OwedLook newer = at("app", "main", 'b');
        looks.add(older);
        looks.add(newer);

        looks.settle(older);
        looks.queued(older);
        looks.awaitWritten();

        assertThat(new OwedLooks(directory).find("app", MAIN).orElseThrow().news())
                .isEqualTo(newer.news());
        assertThat(looks.find("app", MAIN).orElseThrow().isQueued()).isFalse();
    }

    @Test
    void looksFollowTheirProjectAndGoWithIt() throws Exception {
        looks.add(at("app", "main", 'a'));
        looks.add(at("other", "main", 'a'));

        looks.renamed(name -> name.equals("app") ? "moved/app" : name);
        looks.forget("other");
        looks.awaitWritten();

        OwedLooks read = new OwedLooks(directory);
        assertThat(read.all())
                .singleElement()
                .satisfies(look -> assertThat(look.project()).isEqualTo("moved/app"));
    }

    @Test
    void deletedBranchIsOwedWithoutACommit() throws Exception {
        News gone = new News(GitRef.branch("old"), Optional.empty());
        looks.add(OwedLook.at(gone, "app", "branch old deleted", 5));

        assertThat(new OwedLooks(directory)
                        .find("app", "refs/heads/old")
                        .orElseThrow()
                        .news())
                .contains(gone);
    }

    @Test
    @Timeout(10)
    void diskThatHangsDoesNotKeepJenkinsQueue() throws Exception {
        OwedLook told = at("app", "main", 'a');
        looks.add(told);

        Thread queue = new Thread(() -> {
            looks.queued(told);
            looks.settle(looks.find("app", MAIN).orElseThrow());
        });
        // As whoever writes a file does.
        synchronized (looks) {
            queue.start();
            queue.join();
        }
        assertThat(looks.isEmpty()).isTrue();
        looks.awaitWritten();
        assertThat(new OwedLooks(directory).isEmpty()).isTrue();
    }

    @Test
    void lookInVainIsToldAgainUnlessSomethingNewerCame() throws Exception {
        BlockingQueue<OwedLook> again = new LinkedBlockingQueue<>();
        OwedLook told = at("app", "main", 'a');
        OwedLook older = at("app", "topic", 'a');
        looks.add(told);
        looks.add(older);

        looks.again(older, Duration.ofMillis(20), again::add);
        looks.add(at("app", "topic", 'b'));
        looks.again(told, Duration.ofMillis(20), again::add);

        OwedLook next = again.poll(10, TimeUnit.SECONDS);
        assertThat(next.news()).isEqualTo(told.news());
        assertThat(next.inVain()).isEqualTo(1);
        assertThat(again.poll(100, TimeUnit.MILLISECONDS)).isNull();
        assertThat(looks.all()).hasSize(2);
    }

    @Test
    void nothingIsSettledWhileJenkinsGoesDown() throws Exception {
        OwedLook told = at("app", "main", 'a');
        looks.add(told);
        looks.close();

        looks.settle(told);

        assertThat(new OwedLooks(directory).all()).hasSize(1);
    }

    @Test
    void fileThatCannotBeReadStays() throws Exception {
        Path broken = directory.resolve("broken.xml");
        Files.writeString(broken, "<bellhop-owed-look><project>app</project></bellhop-owed-look>");
        looks.add(at("app", "main", 'a'));

        assertThat(new OwedLooks(directory).all()).hasSize(1);
        assertThat(broken).exists();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    private static OwedLook at(String project, String branch, char commit) {
        News news = new News(
                GitRef.branch(branch),
                Optional.of(new CommitId(String.valueOf(commit).repeat(40))));
        return OwedLook.at(news, project, "push", 5);
    }
}
