package io.jenkins.plugins.bellhop.bench;

import io.jenkins.plugins.bellhop.delivery.Hmac;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.flow.Receiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A push of 20 kB from the first byte sent to the last byte of the answer, one after the other on one connection. Not with
 * JMH, which measures one thing for seconds and then the next: a disk that others use is fast in one second and slow in
 * another, so figure and floor take turns push by push.
 */
final class Acknowledgement {

    static final int SIZE = 20_000;

    private static final int TURNS = Integer.getInteger("bench.turns", 1_000);
    private static final int WARM_UP = 300;
    private static final int ACCEPTED = 202;

    private final Table table;
    private final byte[] body = Payloads.github(Landscape.repository(0), Payloads.HEAD, SIZE);
    private final String signature = Sender.signature(body);
    private int sent;

    Acknowledgement(Table table) {
        this.table = table;
    }

    private interface Step {
        void take() throws IOException;
    }

    void run() throws IOException {
        System.out.println("Acknowledgement, " + TURNS + " turns …");
        try (Directory directory = new Directory();
                FileChannel file = FileChannel.open(
                        directory.path().resolve("appended"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                LoopbackServer empty = new LoopbackServer(exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    return ACCEPTED;
                });
                LoopbackServer floor = new LoopbackServer(exchange -> {
                    byte[] read = exchange.getRequestBody().readAllBytes();
                    Hmac.sha256(Sender.SECRET, read);
                    append(file, read);
                    return ACCEPTED;
                })) {
            Spool spool = new Spool(directory.path().resolve("spool"));
            Receiver receiver = new Receiver(new Landscape(1), spool, entry -> {}, () -> {});
            try (LoopbackServer subject = LoopbackServer.of(receiver);
                    Sender toEmpty = new Sender(empty.port());
                    Sender toFloor = new Sender(floor.port());
                    Sender toSubject = new Sender(subject.port())) {
                report(inTurn(List.of(
                        () -> send(toSubject), () -> send(toFloor), () -> send(toEmpty), () -> append(file, body))));
            }
        }
    }

    /** The times of each step, sorted. */
    private List<long[]> inTurn(List<Step> steps) throws IOException {
        List<long[]> times = new ArrayList<>();
        steps.forEach(step -> times.add(new long[TURNS]));
        for (int turn = -WARM_UP; turn < TURNS; turn++) {
            for (int step = 0; step < steps.size(); step++) {
                long start = System.nanoTime();
                steps.get(step).take();
                times.get(step)[Math.max(turn, 0)] = System.nanoTime() - start;
            }
        }
        times.forEach(Arrays::sort);
        return times;
    }

    private void report(List<long[]> times) {
        for (int percent : new int[] {50, 10, 90}) {
            long figure = percentile(times.get(0), percent);
            long floor = percentile(times.get(1), percent);
            table.ratio(
                    "acknowledgement of a push of 20 kB, p" + percent,
                    Table.time(figure),
                    Table.time(floor),
                    (double) figure / floor);
        }
        table.figure("– of the floor, the HTTP exchange alone, p50", Table.time(percentile(times.get(2), 50)));
        table.figure("– of the floor, append and fsync alone, p50", Table.time(percentile(times.get(3), 50)));
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[sorted.length * percent / 100];
    }

    private void send(Sender sender) throws IOException {
        sent++;
        int status = sender.post(LoopbackServer.PATH + Landscape.hook(0), "delivery-" + sent, signature, body);
        if (status != ACCEPTED) {
            throw new IllegalStateException("expected the push to be accepted, found status " + status);
        }
    }

    private static void append(FileChannel file, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(true);
    }
}
