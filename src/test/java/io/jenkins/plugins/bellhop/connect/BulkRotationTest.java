package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.BulkRotation.Failed;
import io.jenkins.plugins.bellhop.connect.BulkRotation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BulkRotationTest {

    private final BulkRotation bulk = new BulkRotation(List.of("a", "b", "c"));
    private final List<String> rotated = new ArrayList<>();
    private final List<Progress> seen = new ArrayList<>();

    @Test
    void oneThatFailsStopsNoneOfTheOthers() {
        bulk.run(id -> {
            rotated.add(id);
            seen.add(bulk.progress());
            if (id.equals("a")) {
                throw new ConnectFailure("The forge refuses.", false, List.of());
            }
            if (id.equals("b")) {
                throw new IllegalStateException("nobody thought of this");
            }
        });

        assertThat(rotated).containsExactly("a", "b", "c");
        assertThat(seen).extracting(Progress::done).containsExactly(0, 1, 2);
        assertThat(seen)
                .extracting(Progress::current)
                .containsExactly(Optional.of("a"), Optional.of("b"), Optional.of("c"));
        assertThat(seen).noneMatch(Progress::isOver);
        assertThat(bulk.progress())
                .isEqualTo(new Progress(
                        3,
                        3,
                        Optional.empty(),
                        List.of(
                                new Failed("a", "The forge refuses."),
                                new Failed("b", "Not rotated: nobody thought of this.")),
                        false));
        assertThat(bulk.progress().isOver()).isTrue();
    }

    @Test
    void whenItIsStoppedTheOneAtHandIsFinished() {
        bulk.run(id -> {
            bulk.stop();
            assertThat(bulk.progress().isOver()).isFalse();
            rotated.add(id);
        });

        assertThat(rotated).containsExactly("a");
        assertThat(bulk.progress()).isEqualTo(new Progress(3, 1, Optional.empty(), List.of(), true));
        assertThat(bulk.progress().isOver()).isTrue();
    }

    @Test
    void withoutConnectionsItIsOverAtOnce() {
        assertThat(new BulkRotation(List.of()).progress().isOver()).isTrue();
    }
}
