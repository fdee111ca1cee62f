package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.support.Quiet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenHeadsTest {

    private static final String MAIN = "refs/heads/main";
    private static final CommitId ONE = commit(1);
    private static final CommitId TWO = commit(2);

    @TempDir
    private Path directory;

    private final Quiet quiet = Quiet.logger(SeenHeads.class);
    private SeenHeads seen;

    @BeforeEach
    void open() throws IOException {
        seen = new SeenHeads(new HeadFiles(directory));
    }

    private void restart() throws IOException {
        seen.save();
        open();
    }

    @AfterEach
    void speakAgain() {
        quiet.close();
    }

    @Test
    void remembersTheLastHeadAndWhenItCameOverARestart() throws IOException {
        seen.saw("a", MAIN, ONE, "1");
        seen.saw("a", MAIN, TWO, "2");
        seen.saw("a", "refs/heads/grüße", ONE, "3");
        seen.saw("a", SeenHeads.pullRequest(7), new CommitId("0123456789ab"), "4");
        seen.saw("b", MAIN, ONE, "5");
        restart();

        assertThat(seen.of("a", MAIN)).contains(new SeenHeads.Head(TWO, "2"));
        assertThat(seen.all("a"))
                .isEqualTo(Map.of(MAIN, TWO, "refs/heads/grüße", ONE, "pull/7", new CommitId("0123456789ab")));
        assertThat(seen.of("b", MAIN)).contains(new SeenHeads.Head(ONE, "5"));
        assertThat(seen.of("c", MAIN)).isEmpty();
    }

    @Test
    void isWholeOnceAllWereListedAlsoAfterARestart() throws IOException {
        seen.saw("a", "refs/heads/old", ONE, "1");
        assertThat(seen.isWhole("a")).isFalse();
        seen.listed("a", Map.of(MAIN, ONE), "2");
        seen.saw("a", "refs/tags/v1", TWO, "3");
        restart();

        assertThat(seen.isWhole("a")).isTrue();
        assertThat(seen.all("a")).containsOnlyKeys(MAIN, "refs/tags/v1");
    }

    @Test
    void forgetsWhatIsGone() throws IOException {
        seen.saw("a", MAIN, ONE, "1");
        seen.gone("a", MAIN, "2");
        seen.gone("a", "refs/heads/never-seen", "3");
        restart();
        assertThat(seen.all("a")).isEmpty();

        seen.saw("a", MAIN, ONE, "2");
        seen.save();
        seen.forget("a");
        assertThat(directory).isEmptyDirectory();
        assertThat(seen.all("a")).isEmpty();
        seen.forget("a");
    }

    @Test
    void whatAWholeListDoesNotHoldIsMissingSinceThen() throws IOException {
        assertThat(seen.missingSince("a", MAIN)).isEmpty();
        seen.gone("a", "refs/heads/old", "1");
        seen.listed("a", Map.of(MAIN, ONE, "pull/7/draft", ONE), "2");
        restart();

        assertThat(seen.missingSince("a", "refs/heads/old")).contains("2");
        assertThat(seen.missingSince("a", MAIN)).isEmpty();
        assertThat(seen.missingSince("a", "pull/7")).isEmpty();
        seen.gone("a", MAIN, "3");
        assertThat(seen.missingSince("a", MAIN)).contains("3");

        seen.doubt("a");
        restart();
        assertThat(seen.isWhole("a")).isTrue();
        assertThat(seen.missingSince("a", "refs/heads/old")).isEmpty();
        assertThat(seen.missingSince("a", MAIN)).contains("3");
    }

    @Test
    void whatWasUnseenOrDidNotFitIsNotMissing() {
        seen.listed("a", Map.of("pull/7", ONE), "2");
        seen.unsee("a", "pull/7");
        assertThat(seen.missingSince("a", "pull/7")).isEmpty();

        seen.listed("b", heads(SeenHeads.MOST + 1), "2");
        assertThat(seen.missingSince("b", "refs/heads/none")).isEmpty();
    }

    @Test
    void aPullRequestIsADraftOrNoneAndTheLaterWordHolds() throws IOException {
        seen.saw("a", "pull/7/draft", ONE, "1");
        seen.saw("a", "pull/7", ONE, "3");
        seen.saw("a", "pull/7/draft", ONE, "2");
        restart();
        assertThat(seen.all("a")).containsOnlyKeys("pull/7");

        seen.saw("a", "pull/7/draft", ONE, "4");
        assertThat(seen.all("a")).containsOnlyKeys("pull/7/draft");
        seen.listed("a", Map.of("pull/7", ONE), "3");
        assertThat(seen.all("a")).containsOnlyKeys("pull/7/draft");

        seen.gone("a", "pull/7", "5");
        assertThat(seen.all("a")).isEmpty();
        seen.saw("a", "pull/7/draft", ONE, "6");
        assertThat(seen.goneAt("a", "pull/7")).isEmpty();
        seen.unsee("a", "pull/7");
        assertThat(seen.all("a")).isEmpty();
    }

    @Test
    void remembersAsManyAsItMayAndNoLongerClaimsToKnowThemAllForOneMore() {
        seen.listed("a", heads(SeenHeads.MOST), "1");
        assertThat(seen.isWhole("a")).isTrue();
        seen.saw("a", "refs/heads/b0", TWO, "2");
        assertThat(seen.of("a", "refs/heads/b0")).contains(new SeenHeads.Head(TWO, "2"));
        assertThat(seen.isWhole("a")).isTrue();

        seen.saw("a", "refs/heads/one-more", ONE, "3");
        assertThat(seen.of("a", "refs/heads/one-more")).isEmpty();
        assertThat(seen.isWhole("a")).isFalse();
    }

    @Test
    void ofALongerListItKeepsAPart() {
        seen.listed("a", heads(SeenHeads.MOST + 1), "1");

        assertThat(seen.all("a")).hasSize(SeenHeads.MOST);
        assertThat(seen.isWhole("a")).isFalse();
    }

    private static Map<String, CommitId> heads(int number) {
        Map<String, CommitId> heads = new HashMap<>();
        for (int i = 0; i < number; i++) {
            heads.put("refs/heads/b" + i, ONE);
        }
        return heads;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole\nnot-a-commit 1 refs/heads/main",
                "whole\n0123456789abcdef0123456789abcdef01234567 1 refs/heads/a..b",
                "whole\n0123456789abcdef0123456789abcdef01234567 1 main",
                "whole\n0123456789abcdef0123456789abcdef01234567 1 refs/heads/main\n0123 1 refs/heads/x"
            })
    void aPageThatIsDamagedCountsAsNothingSeen(String page) throws IOException {
        Files.writeString(directory.resolve("a.heads"), page);

        assertThat(seen.all("a")).isEmpty();
        assertThat(seen.isWhole("a")).isFalse();
        assertThat(quiet.messages()).containsExactly("Can't read which heads were seen of connection a");
        seen.saw("a", MAIN, TWO, "2");
        restart();
        assertThat(seen.all("a")).isEqualTo(Map.of(MAIN, TWO));
    }

    @Test
    void aPageOfOtherBytesCountsAsNothingSeen() throws IOException {
        Files.write(directory.resolve("a.heads"), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

        assertThat(seen.all("a")).isEmpty();
        assertThat(quiet.messages()).hasSize(1);
    }

    @Test
    void anEmptyPageIsNothingSeen() throws IOException {
        Files.writeString(directory.resolve("a.heads"), "");

        assertThat(seen.all("a")).isEmpty();
        assertThat(seen.isWhole("a")).isFalse();
        assertThat(quiet.messages()).isEmpty();
    }

    @Test
    void whatCanNotBeSavedIsKnownUntilTheNextStart() {
        SeenHeads broken = new SeenHeads(new SeenHeads.Pages() {
            @Override
            public List<String> read(String connectionId) {
                return List.of();
            }

            @Override
            public void write(String connectionId, List<String> lines) throws IOException {
                throw new IOException("the disk is full");
            }

            @Override
            public void remove(String connectionId) {
                throw new AssertionError("nothing is forgotten here");
            }
        });
        broken.saw("a", MAIN, ONE, "1");
        broken.save();

        assertThat(broken.of("a", MAIN)).isPresent();
        assertThat(quiet.messages()).containsExactly("Can't save which heads were seen of connection a");
    }

    /** Pages in memory, counted as they are read. */
    private static final class CountedPages extends Fakes.MemoryPages {
        private final List<String> reads = new ArrayList<>();
        private boolean full;

        @Override
        public List<String> read(String connectionId) {
            reads.add(connectionId);
            return super.read(connectionId);
        }

        @Override
        public void write(String connectionId, List<String> lines) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            super.write(connectionId, lines);
        }
    }

    @Test
    void holdsAThousandConnectionsInMemoryAndReadsTheOthersAgain() {
        CountedPages pages = new CountedPages();
        seen = new SeenHeads(pages);
        seen.saw("first", MAIN, ONE, "1");
        for (int number = 1; number < SeenHeads.MOST_CONNECTIONS; number++) {
            seen.saw("connection-" + number, MAIN, ONE, "1");
        }
        seen.save();
        pages.reads.clear();
        assertThat(seen.of("connection-1", MAIN)).isPresent();
        assertThat(seen.of("first", MAIN)).isPresent();
        assertThat(pages.reads).isEmpty();

        seen.of("one more", MAIN);
        assertThat(seen.of("first", MAIN)).isPresent();
        assertThat(pages.reads).containsExactly("one more");
        assertThat(seen.of("connection-2", MAIN)).contains(new SeenHeads.Head(ONE, "1"));
        assertThat(pages.reads).containsExactly("one more", "connection-2");
    }

    @Test
    void whatCouldNotBeSavedStaysInMemoryAndIsSavedNextTime() {
        CountedPages pages = new CountedPages();
        seen = new SeenHeads(pages);
        seen.saw("first", MAIN, ONE, "1");
        pages.full = true;
        seen.save();
        for (int number = 0; number <= SeenHeads.MOST_CONNECTIONS; number++) {
            seen.of("connection-" + number, MAIN);
        }
        assertThat(seen.of("first", MAIN)).isPresent();
        pages.full = false;
        seen.save();

        assertThat(new SeenHeads(pages).of("first", MAIN)).isPresent();
    }

    private static CommitId commit(int number) {
        return new CommitId(String.format("%040x", number));
    }
}
