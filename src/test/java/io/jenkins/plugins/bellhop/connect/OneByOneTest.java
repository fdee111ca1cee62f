package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.OneByOne.Ended;
import io.jenkins.plugins.bellhop.connect.OneByOne.Progress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OneByOneTest {

    private final OneByOne all = new OneByOne(List.of("a", "b", "c"));

    @Test
    void tellsWhatCameOfEachAndGoesOnAfterFailures() {
        all.run(name -> {
            assertThat(all.progress().current()).contains(name);
            if (name.equals("a")) {
                throw new ConnectFailure("The forge refuses.", false, List.of());
            }
            if (name.equals("b")) {
                throw new IllegalStateException("nobody thought of this");
            }
            return "Connected.";
        });

        assertThat(all.progress().ended())
                .containsExactly(
                        new Ended("a", false, "The forge refuses."),
                        new Ended("b", false, "Not done: nobody thought of this."),
                        new Ended("c", true, "Connected."));
        assertThat(all.progress().failed()).extracting(Ended::name).containsExactly("a", "b");
        assertThat(all.progress().isOver()).isTrue();
    }

    @Test
    void whenItIsStoppedTheOneAtHandIsFinished() {
        all.run(name -> {
            all.stop();
            assertThat(all.progress().isOver()).isFalse();
            return "Connected.";
        });

        assertThat(all.progress())
                .isEqualTo(new Progress(3, Optional.empty(), List.of(new Ended("a", true, "Connected.")), true));
        assertThat(all.progress().isOver()).isTrue();
    }
}
