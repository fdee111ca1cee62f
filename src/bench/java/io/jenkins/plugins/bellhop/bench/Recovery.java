package io.jenkins.plugins.bellhop.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.flow.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A start with a full spool: how long until it is open, and how long until all that waited is handled. */
final class Recovery {

    private static final int GLANCE_MILLIS = 20;
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private final Table table;

    Recovery(Table table) {
        this.table = table;
    }

    void run() throws Exception {
        System.out.println("Recovery of " + Load.DELIVERIES + " deliveries …");
        try (Directory directory = new Directory()) {
            Path spooled = directory.path().resolve(LoadServer.SPOOL);
            fill(spooled);
            long floor = floor(spooled);
            long start = System.nanoTime();
            try (Spool spool = new Spool(spooled)) {
                long opened = System.nanoTime() - start;
                int waiting = spool.waiting().size();
                long handled;
                try (Back back = new Back(directory.path(), spool, new Landscape(Load.CONNECTIONS))) {
                    back.dispatcher().wake();
                    awaitEmpty(spool);
                    handled = System.nanoTime() - start;
                }
                report(waiting, opened, handled, floor);
            }
        }
    }

    private void report(int waiting, long opened, long handled, long floor) {
        table.figure("restart with " + waiting + " deliveries waiting: spool opened", Table.time(opened));
        table.ratio(
                "– opened and all handled, beside read and parsed by Jackson",
                Table.time(handled) + Table.format(" (%.0f/s)", waiting * 1e9 / handled),
                Table.time(floor),
                (double) handled / floor);
    }

    /** Received from as many connections as the burst comes from, with nobody to handle them. */
    private static void fill(Path spooled) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(Load.CONNECTIONS);
        try (Spool spool = new Spool(spooled);
                LoopbackServer server = LoopbackServer.of(
                        new Receiver(new Landscape(Load.CONNECTIONS), spool, entry -> {}, () -> {}))) {
            List<Callable<Object>> work = new ArrayList<>();
            for (int number = 0; number < Load.CONNECTIONS; number++) {
                int connection = number;
                work.add(() -> Load.one(server.port(), connection, "fill", Load.DELIVERIES / Load.CONNECTIONS));
            }
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    static void awaitEmpty(Spool spool) throws InterruptedException {
        while (!spool.waiting().isEmpty()) {
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    /** Every byte of the spool, and as many pushes as lie in it. */
    private static long floor(Path directory) throws IOException {
        byte[] push = Payloads.github(Landscape.repository(0), Payloads.HEAD, Acknowledgement.SIZE);
        long start = System.nanoTime();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.readAllBytes(file);
            }
        }
        for (int number = 0; number < Load.DELIVERIES; number++) {
            JACKSON.readTree(push);
        }
        return System.nanoTime() - start;
    }
}
