package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.delivery.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Full names of jobs whose wishes are still to be carried out; a text file with a line each, so that a restart knows. */
public final class PendingJobs {

    private final Path file;
    private final Set<String> names = new LinkedHashSet<>();

    /** @param directory which exists; the file in it is ours */
    public PendingJobs(Path directory) throws IOException {
        this.file = directory.resolve("pending-jobs");
        if (Files.exists(file)) {
            names.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
        }
    }

    public synchronized List<String> all() {
        return List.copyOf(names);
    }

    public synchronized void add(String name) throws IOException {
        if (names.add(name)) {
            save();
        }
    }

    public synchronized void remove(String name) throws IOException {
        if (names.remove(name)) {
            save();
        }
    }

    /** An item, and with a folder all that is in it, has another name. */
    public synchronized void rename(String oldName, String newName) throws IOException {
        Set<String> renamed = new LinkedHashSet<>();
        names.forEach(name -> renamed.add(StoredConnection.moved(name, oldName, newName)));
        if (!renamed.equals(names)) {
            names.clear();
            names.addAll(renamed);
            save();
        }
    }

    private void save() throws IOException {
        Durable.write(
                file, (String.join("\n", names) + (names.isEmpty() ? "" : "\n")).getBytes(StandardCharsets.UTF_8));
    }
}
