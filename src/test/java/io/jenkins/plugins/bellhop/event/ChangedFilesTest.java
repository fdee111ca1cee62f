package io.jenkins.plugins.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedFilesTest {

    @Test
    void keepsAsManyAsItMayAndKnowsNothingOfMore() {
        assertThat(ChangedFiles.all(paths(ChangedFiles.MOST)).whole()).isTrue();
        assertThat(ChangedFiles.all(paths(ChangedFiles.MOST)).paths()).hasSize(ChangedFiles.MOST);
        assertThat(ChangedFiles.all(paths(ChangedFiles.MOST + 1))).isEqualTo(ChangedFiles.unknown());
    }

    @Test
    void countsAFileOnce() {
        assertThat(ChangedFiles.all(List.of("a", "b", "a")).paths()).containsExactlyInAnyOrder("a", "b");
    }

    private static List<String> paths(int number) {
        return IntStream.range(0, number).mapToObj(i -> "f" + i).toList();
    }
}
