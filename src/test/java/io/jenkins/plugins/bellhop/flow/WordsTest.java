package io.jenkins.plugins.bellhop.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.flow.Act.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final Act ACT =
            new Act(Instant.EPOCH, Kind.CONNECTED, "ada", "github.com/acme/app", "team/app", "SHA256:0123");

    @Test
    void allWordsHaveToStandSomewhereInWhateverCase() {
        assertThat(finds("ADA acme sha256")).isTrue();
        assertThat(finds("ada lib")).isFalse();
        assertThat(finds("  ")).isTrue();
    }

    @Test
    void aFieldBeforeAWordSaysWhere() {
        assertThat(finds("user:ada repository:app job:team")).isTrue();
        assertThat(finds("user:team")).isFalse();
        assertThat(finds("sha256:0123")).as("no field's name").isTrue();
    }

    @Test
    void findsByKind() {
        assertThat(new AuditQuery(Words.of(""), Optional.of(Kind.CONNECTED)).test(ACT))
                .isTrue();
        assertThat(new AuditQuery(Words.of(""), Optional.of(Kind.REMOVED)).test(ACT))
                .isFalse();
    }

    @Test
    void whatIsBeyondTheBoundDoesNotCount() {
        String most = "x".repeat(Words.LONGEST);
        assertThat(Words.of(most + "y").areIn(Map.of(), most)).isTrue();
        assertThat(Words.of(most).areIn(Map.of(), most.substring(1))).isFalse();
    }

    private static boolean finds(String text) {
        return new AuditQuery(Words.of(text), Optional.empty()).test(ACT);
    }
}
