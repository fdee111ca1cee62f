package io.jenkins.plugins.bellhop.crash;

import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A job whose builds are lines in a file, on disk before {@link #build} returns, as Jenkins' queue is. */
final class BuildBook implements WatchingJob {

    private final FileChannel file;
    private final Set<String> built = new HashSet<>();

    BuildBook(Path path) throws IOException {
        List<String> whole = lines(path);
        built.addAll(whole);
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // A line that the kill cut short was no build.
        file.truncate(whole.stream().collect(Collectors.summingLong(line -> line.length() + 1L)));
        file.position(file.size());
    }

    /** The lines that are whole. */
    static List<String> lines(Path path) throws IOException {
        String text = Files.exists(path) ? Files.readString(path) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    @Override
    public String name() {
        return "app";
    }

    @Override
    public Watch watch() {
        return Watch.DEFAULT;
    }

    @Override
    public boolean isBuiltAlready(Subject subject) {
        return built.contains(line(subject));
    }

    @Override
    public void build(Build decision, Trigger trigger) throws BuildFailure {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line(decision.subject()) + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
            built.add(line(decision.subject()));
        } catch (IOException e) {
            throw new BuildFailure("Not built: " + e.getMessage());
        }
    }

    private static String line(Subject subject) {
        return subject.key() + " " + subject.commit();
    }
}
