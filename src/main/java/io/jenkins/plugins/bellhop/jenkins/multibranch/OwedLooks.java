package io.jenkins.plugins.bellhop.jenkins.multibranch;

import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.bellhop.delivery.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What multibranch projects were told and hasn't come to anything yet, one file for each branch. Jenkins keeps such events in its
 * memory alone, and a build's place in the queue for a minute; indexing takes a branch whose build was queued for built.
 */
public final class OwedLooks implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(OwedLooks.class.getName());
    private static final XStream2 XSTREAM = new XStream2();
    private static final String SUFFIX = ".xml";
    /** Jenkins doesn't go down later for the sake of a disk that hangs. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    static {
        XSTREAM.alias("bellhop-owed-look", OwedLook.class);
    }

    private final Path directory;
    private final Map<String, OwedLook> byPlace = new ConcurrentHashMap<>();
    /** Writes what is noted while Jenkins holds its queue, and tells projects again. */
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread named = new Thread(work, "Bellhop owed looks");
        named.setDaemon(true);
        return named;
    });

    private volatile boolean closed;

    /** A file that can't be read is reported and left as it is. */
    public OwedLooks(Path directory) throws IOException {
        this.directory = Durable.directory(directory);
        thread.setKeepAliveTime(1, TimeUnit.MINUTES);
        thread.allowCoreThreadTimeOut(true);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            found.forEach(file -> read(file).ifPresent(look -> byPlace.put(look.place(), look)));
        }
    }

    private static Optional<OwedLook> read(Path file) {
        try {
            return new XmlFile(XSTREAM, file.toFile()).read() instanceof OwedLook look
                    ? Optional.of(look)
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Can't read " + file.getFileName() + "; what a project was told before a crash may be lost");
            return Optional.empty();
        }
    }

    /** When this returns, the look survives a crash. An earlier one at the same place is part of it. */
    synchronized void add(OwedLook look) throws IOException {
        write(look);
        byPlace.put(look.place(), look);
    }

    private void write(OwedLook look) throws IOException {
        Durable.write(file(look.place()), XSTREAM.toXML(look).getBytes(StandardCharsets.UTF_8));
    }

    List<OwedLook> all() {
        return List.copyOf(byPlace.values());
    }

    /** Whether nothing is owed at all, so that nobody needs to find out whose branch something is. */
    boolean isEmpty() {
        return byPlace.isEmpty();
    }

    Optional<OwedLook> find(String project, String ref) {
        return Optional.ofNullable(byPlace.get(OwedLook.place(project, ref)));
    }

    /** The branch's build is in Jenkins' queue. Returns at once: Jenkins holds its queue meanwhile. */
    void queued(OwedLook look) {
        if (byPlace.replace(look.place(), look, look.asQueued())) {
            writeSoon(look.place());
        }
    }

    /** The look was in vain; what came meanwhile stays. Which pause comes next is known until Jenkins goes down. */
    void again(OwedLook look, Duration pause, Consumer<OwedLook> tell) {
        OwedLook next = look.lookedInVain();
        if (byPlace.replace(look.place(), look, next)) {
            thread.schedule(
                    () -> {
                        if (!closed && byPlace.get(next.place()) == next) {
                            tell.accept(next);
                        }
                    },
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Jenkins has a record of what came of it, or nothing ever will. One that was told something newer meanwhile stays. Returns at
     * once, as {@link #queued} does.
     */
    void settle(OwedLook look) {
        if (!closed && byPlace.remove(look.place(), look)) {
            writeSoon(look.place());
        }
    }

    private void writeSoon(String place) {
        thread.execute(() -> writeDown(place));
    }

    private synchronized void writeDown(String place) {
        OwedLook look = byPlace.get(place);
        try {
            if (look == null) {
                Files.deleteIfExists(file(place));
            } else {
                write(look);
            }
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Can't write down what became of what a project was told (" + place
                            + "); after a crash it is told again, or not at all");
        }
    }

    /** Waits until the disk knows all that was noted before. */
    void awaitWritten() {
        try {
            thread.submit(() -> {}).get(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "Can't write down what projects were told", e);
        }
    }

    /** Projects have other names now. */
    public synchronized void renamed(UnaryOperator<String> name) {
        for (OwedLook look : all()) {
            String today = name.apply(look.project());
            if (!today.equals(look.project())) {
                byPlace.putIfAbsent(OwedLook.place(today, look.ref()), look.renamed(today));
                writeDown(OwedLook.place(today, look.ref()));
                settle(look);
            }
        }
    }

    /** The project is gone. */
    public synchronized void forget(String project) {
        all().stream().filter(look -> look.project().equals(project)).forEach(this::settle);
    }

    /** Jenkins goes down and interrupts what is under way: what isn't done by now is owed at the next start. */
    @Override
    public void close() {
        closed = true;
        awaitWritten();
    }

    private Path file(String place) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
            return directory.resolve(HexFormat.of().formatHex(digest) + SUFFIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
