package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltDeliveriesTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("built");
    }

    @Test
    void remembersOverARestart() throws IOException {
        BuiltDeliveries before = new BuiltDeliveries(file);
        before.add(key(1));
        before.add(key(2));
        BuiltDeliveries after = new BuiltDeliveries(file);

        assertThat(List.of(after.contains(key(1)), after.contains(key(2)), after.contains(key(3))))
                .containsExactly(true, true, false);
    }

    @Test
    void halfALineOfACrashHidesNeitherWhatCameBeforeNorWhatComesAfter() throws IOException {
        new BuiltDeliveries(file).add(key(1));
        Files.writeString(file, "\n" + key(2).substring(0, 9), StandardOpenOption.APPEND);
        new BuiltDeliveries(file).add(key(3));
        BuiltDeliveries after = new BuiltDeliveries(file);

        assertThat(List.of(after.contains(key(1)), after.contains(key(2)), after.contains(key(3))))
                .containsExactly(true, false, true);
    }

    @Test
    void rubbishInTheFileIsPassedOver() throws IOException {
        byte[] rubbish = {0, (byte) 0xff, (byte) 0xc3, '\n', 'x', '\n'};
        Files.write(file, rubbish);
        Files.writeString(file, key(1) + "\n", StandardOpenOption.APPEND);

        assertThat(new BuiltDeliveries(file).contains(key(1))).isTrue();
    }

    @Test
    void rubbishPushesNothingOut() throws IOException {
        String rubbish = IntStream.range(0, Spool.MOST_REMEMBERED)
                .mapToObj(number -> "rubbish " + number + "\n")
                .collect(Collectors.joining());
        Files.writeString(file, key(1) + "\n" + rubbish);

        assertThat(new BuiltDeliveries(file).contains(key(1))).isTrue();
    }

    @Test
    void remembersAsManyAsItMayAndForgetsTheOldestForOneMore() throws IOException {
        writeLines(Spool.MOST_REMEMBERED);
        BuiltDeliveries built = new BuiltDeliveries(file);
        assertThat(built.contains(key(0))).isTrue();

        built.add(key(Spool.MOST_REMEMBERED));
        assertThat(built.contains(key(0))).isFalse();
        assertThat(built.contains(key(1))).isTrue();
        assertThat(built.contains(key(Spool.MOST_REMEMBERED))).isTrue();
    }

    @Test
    void oneThatIsBuiltAgainIsTheNewest() throws IOException {
        writeLines(Spool.MOST_REMEMBERED);
        BuiltDeliveries built = new BuiltDeliveries(file);
        built.add(key(0));
        built.add(key(Spool.MOST_REMEMBERED));

        assertThat(built.contains(key(0))).isTrue();
        assertThat(built.contains(key(1))).isFalse();
    }

    @Test
    void theFileIsCutWhenItIsDoubleSize() throws IOException {
        int twice = 2 * Spool.MOST_REMEMBERED;
        writeLines(twice - 1);
        BuiltDeliveries built = new BuiltDeliveries(file);

        built.add(key(twice));
        assertThat(Files.readAllLines(file)).hasSize(twice);
        built.add(key(twice + 1));
        assertThat(Files.readAllLines(file))
                .hasSize(Spool.MOST_REMEMBERED)
                .last()
                .isEqualTo(key(twice + 1));
        assertThat(new BuiltDeliveries(file).contains(key(twice))).isTrue();
    }

    /** As adding them one by one would, but for ten thousand waits for the disk. */
    private void writeLines(int count) throws IOException {
        Files.writeString(
                file,
                IntStream.range(0, count).mapToObj(BuiltDeliveriesTest::key).collect(Collectors.joining("\n")),
                StandardCharsets.US_ASCII);
    }

    private static String key(int number) {
        return String.format("%032x", number);
    }
}
