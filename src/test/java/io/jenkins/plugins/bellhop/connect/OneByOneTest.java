package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.bellhop.connect.OneByOne.Ended;
import io.jenkins.plugins.bellhop.connect.OneByOne.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
                .isEqualTo(new Progress(
                        3, Optional.empty(), Optional.empty(), List.of(new Ended("a", true, "Connected.")), true));
        assertThat(all.progress().isOver()).isTrue();
    }

    @Test
    void foreignCodeThatCannotRunStopsNoneOfTheOthers() {
        all.run(name -> {
            if (name.equals("a")) {
                throw new NoClassDefFoundError("org/example/Gone");
            }
            if (name.equals("b")) {
                throw new AssertionError("no descriptor");
            }
            return "Connected.";
        });

        assertThat(all.progress().ended())
                .containsExactly(
                        new Ended("a", false, "Not done: org/example/Gone."),
                        new Ended("b", false, "Not done: no descriptor."),
                        new Ended("c", true, "Connected."));
    }

    @Test
    void isOverAfterAnErrorToo() {
        assertThatThrownBy(() -> all.run(name -> {
                    throw new OutOfMemoryError("for the test");
                }))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(all.progress().isOver()).isTrue();
        assertThat(all.progress().failed()).extracting(Ended::name).containsExactly("a");
    }

    @Test
    void whatMayPassIsTriedAgainAsOftenAsThereArePausesSinceTheLastThatWentWell() {
        OneByOne patient = new OneByOne(List.of("a", "b", "c"), List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
        List<String> tried = new ArrayList<>();

        patient.run(name -> {
            tried.add(name);
            if (name.equals("a") && tried.size() == 3) {
                return "Connected.";
            }
            throw new ConnectFailure("The forge limits its rate.", true, List.of());
        });

        assertThat(tried).containsExactly("a", "a", "a", "b", "b", "b", "c");
        assertThat(patient.progress().failed()).extracting(Ended::name).containsExactly("b", "c");
    }

    @Test
    void whatDoesNotPassIsNotTriedAgain() {
        OneByOne patient = new OneByOne(List.of("a"), List.of(Duration.ofDays(1)));

        patient.run(name -> {
            throw new ConnectFailure("The forge refuses.", false, List.of());
        });

        assertThat(patient.progress().failed()).hasSize(1);
    }

    @Test
    void aPauseIsToldAndEndsWhenItIsStopped() {
        OneByOne patient = new OneByOne(List.of("a", "b"), List.of(Duration.ofDays(1)));
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> patient.run(name -> {
            throw new ConnectFailure("The forge limits its rate.", true, List.of());
        }));
        await().untilAsserted(() -> assertThat(patient.progress().obstacle()).contains("The forge limits its rate."));

        patient.stop();

        assertThat(run.orTimeout(10, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(10));
        assertThat(patient.progress().isOver()).isTrue();
        assertThat(patient.progress().ended()).containsExactly(new Ended("a", false, "The forge limits its rate."));
    }
}
