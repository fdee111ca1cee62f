package io.jenkins.plugins.bellhop.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void remembersOverARestartWhatWasSaved() throws IOException {
        BuiltDeliveries before = new BuiltDeliveries(file);
        before.add(key(1));
        before.add(key(2));
        before.save();
        before.add(key(3));
        BuiltDeliveries after = new BuiltDeliveries(file);

        assertThat(List.of(after.contains(key(1)), after.contains(key(2)), after.contains(key(3))))
                .containsExactly(true, true, false);
    }

    @Test
    void nothingNewIsNotWrittenAgain() throws IOException {
        BuiltDeliveries built = new BuiltDeliveries(file);
        built.add(key(1));
        built.save();
        Files.delete(file);
        built.save();
        assertThat(file).doesNotExist();

        built.add(key(2));
        built.save();
        assertThat(new BuiltDeliveries(file).contains(key(1))).isTrue();
    }

    @Test
    void whatCouldNotBeSavedIsSavedNextTime() throws IOException {
        BuiltDeliveries built = new BuiltDeliveries(file);
        built.add(key(1));
        Files.createDirectories(file.resolve("child"));
        assertThatThrownBy(built::save).isInstanceOf(IOException.class);
        Files.delete(file.resolve("child"));
        Files.delete(file);
        built.save();

        assertThat(new BuiltDeliveries(file).contains(key(1))).isTrue();
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
