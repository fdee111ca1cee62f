package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BoundedCommandTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Of this run alone: the machine's other processes may sleep too. */
    private final String time = "97." + Math.abs(System.nanoTime() % 1_000_000_000);

    @Test
    void givesExitCodeAndBothStreams() throws Exception {
        BoundedCommand.Result result = BoundedCommand.run(shell("echo out; echo err >&2; exit 3"), LONG, 100);

        assertThat(result).isEqualTo(new BoundedCommand.Result(3, "out\n", "err\n", false, false));
    }

    @Test
    void keepsNoMoreThanTheLimit() throws Exception {
        ProcessBuilder tenBytes = shell("printf 0123456789; printf 0123456789 >&2");

        assertThat(BoundedCommand.run(tenBytes, LONG, 10))
                .isEqualTo(new BoundedCommand.Result(0, "0123456789", "0123456789", false, false));
        assertThat(BoundedCommand.run(tenBytes, LONG, 9))
                .isEqualTo(new BoundedCommand.Result(0, "012345678", "012345678", false, true));
    }

    @Test
    void readsOnBeyondTheLimitSoThatTheProgramCanEnd() throws Exception {
        BoundedCommand.Result result = BoundedCommand.run(shell("head -c 1000000 /dev/zero; exit 4"), LONG, 10);

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.output()).hasSize(10);
    }

    @Test
    void givesTheProgramNoInput() throws Exception {
        assertThat(BoundedCommand.run(shell("cat; echo end"), LONG, 100).output())
                .isEqualTo("end\n");
    }

    @Test
    void endsAProgramAndItsChildrenWhenTheTimeIsOver() throws Exception {
        BoundedCommand.Result result =
                BoundedCommand.run(shell("sleep " + time + "1 & sleep " + time + "2"), Duration.ofMillis(300), 100);

        assertThat(result.stopped()).isTrue();
        Awaitility.await().untilAsserted(() -> assertThat(running(time)).isEmpty());
    }

    @Test
    void doesNotWaitForAChildThatOutlivesTheProgram() throws Exception {
        long before = System.nanoTime();
        BoundedCommand.Result result = BoundedCommand.run(shell("echo out; sleep 5 & exit 0"), LONG, 100);

        assertThat(result).isEqualTo(new BoundedCommand.Result(0, "out\n", "", false, false));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void endsTheProgramWhenInterrupted() throws Exception {
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                BoundedCommand.run(shell("sleep " + time), LONG, 100);
            } catch (IOException | InterruptedException e) {
                failure.set(e);
            }
        });
        caller.start();
        Awaitility.await().untilAsserted(() -> assertThat(running(time)).isNotEmpty());

        caller.interrupt();
        caller.join();

        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        Awaitility.await().untilAsserted(() -> assertThat(running(time)).isEmpty());
    }

    @Test
    void saysWhenTheProgramIsNotThere() {
        assertThatThrownBy(() -> BoundedCommand.run(new ProcessBuilder("no-such-program-anywhere"), LONG, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program-anywhere");
    }

    private static ProcessBuilder shell(String script) {
        return new ProcessBuilder(RequiredPrograms.find("sh").toString(), "-c", script);
    }

    private static Stream<String> running(String argument) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains("sleep " + argument));
    }
}
