package io.jenkins.plugins.bellhop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers of real forges that aren't part of the project; {@code -Dbellhop.rest=DIR} names their folder. What the sandbox
 * answers to the same request is of the same types, and has no members that they never had.
 */
class RecordedAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Members that forges got after the recordings were made; the API descriptions have them. */
    private static final Map<Party, Set<String>> NEWER = Map.of(
            Party.GITHUB,
                    Set.of("author_association", "disabled", "enabled", "labels", "node_id", "secret", "visibility"),
            Party.BITBUCKET_CLOUD,
                    Set.of(
                            "administrator",
                            "nickname",
                            "queued",
                            "secret_set",
                            "self",
                            "subject_type",
                            "summary",
                            "type"),
            Party.BITBUCKET_DC, Set.of("archived", "draft", "hierarchyId", "type"));

    @TempDir
    Path directory;

    private Path recordings;

    @BeforeEach
    void find() {
        Optional<String> named = Optional.ofNullable(System.getProperty("bellhop.rest"));
        Assumptions.assumeTrue(named.isPresent(), "no recorded answers: -Dbellhop.rest=DIR isn't given");
        recordings = Path.of(named.get());
    }

    @ParameterizedTest
    @EnumSource
    void theSandboxAnswersAsTheForgeDid(Party party) throws Exception {
        List<Exchange> exchanges = Journey.of(party, directory, 0);
        Set<String> strange = new TreeSet<>();
        for (Recording recording : Recording.all()) {
            if (recording.party() == party) {
                strange.addAll(strange(recording, exchanges));
            }
        }
        assertThat(strange).isEmpty();
    }

    private Set<String> strange(Recording recording, List<Exchange> exchanges) throws Exception {
        Shape recorded = new Shape();
        for (String file : recording.files()) {
            recorded.add(JSON.readTree(recordings.resolve(file).toFile()));
        }
        Shape answered = new Shape();
        List<Exchange> same = exchanges.stream().filter(recording::isOf).toList();
        assertThat(same).as(recording.request()).isNotEmpty();
        same.forEach(exchange -> answered.add(exchange.answered()));

        Set<String> strange = new TreeSet<>();
        for (String member : answered.strangeTo(recorded)) {
            if (!NEWER.get(recording.party()).contains(member.substring(member.lastIndexOf('.') + 1))) {
                strange.add(recording.request() + ": " + member);
            }
        }
        return strange;
    }
}
