package io.jenkins.plugins.bellhop.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.bellhop.delivery.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A start with a full spool: how long until it is open, and how long until all that waited is handled. */
final class Recovery {

    private static final int GLANCE_MILLIS = 50;
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private final Table table;

    Recovery(Table table) {
        this.table = table;
    }

    /** The ids of what was handled. */
    List<String> handled(Path directory) throws IOException, InterruptedException {
        Path spooled = directory.resolve(LoadServer.SPOOL);
        long floor = floor(spooled);
        long start = System.nanoTime();
        Spool spool = new Spool(spooled);
        long opened = System.nanoTime() - start;
        int waiting = spool.waiting().size();
        try (Back back = new Back(directory, spool, new Landscape(Load.CONNECTIONS))) {
            back.dispatcher().wake();
            awaitEmpty(spool);
            long took = System.nanoTime() - start;
            table.figure("restart with " + waiting + " deliveries waiting: spool opened", Table.time(opened));
            table.ratio(
                    "– opened and all handled, beside listed, read and parsed by Jackson",
                    Table.time(took) + Table.format(" (%.0f/s)", waiting * 1e9 / took),
                    Table.time(floor),
                    (double) took / floor);
            return back.handled();
        }
    }

    static void awaitEmpty(Spool spool) throws InterruptedException {
        while (!spool.waiting().isEmpty()) {
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    private static long floor(Path directory) throws IOException {
        long start = System.nanoTime();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                byte[] content = Files.readAllBytes(file);
                int json = 0;
                while (json < content.length && content[json] != '{') {
                    json++;
                }
                JACKSON.readTree(content, json, content.length - json);
            }
        }
        return System.nanoTime() - start;
    }
}
