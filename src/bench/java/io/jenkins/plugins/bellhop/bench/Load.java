package io.jenkins.plugins.bellhop.bench;

import io.jenkins.plugins.bellhop.delivery.Spool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Signed pushes from many connections at once to a receiver in a JVM of its own, each connection for another repository
 * and sending one push after the other. When all are answered the receiver is stopped; what still waits then is handled by
 * a fresh start, and what was handled before and after is compared with what was acknowledged.
 */
final class Load {

    static final int DELIVERIES = Integer.getInteger("bench.deliveries", 10_000);
    static final int CONNECTIONS = 50;

    private static final int ACCEPTED = 202;
    private static final int WARM_UP = 4;
    private static final String HEAP = "256m";

    private final Table table;

    /** What came of one push. */
    record Answer(String id, int status, long nanoseconds) {}

    Load(Table table) {
        this.table = table;
    }

    void run() throws Exception {
        System.out.println("A burst of " + DELIVERIES + " deliveries …");
        try (Directory directory = new Directory()) {
            List<Answer> answers = burst(directory.path());
            List<String> handled =
                    new ArrayList<>(Files.readAllLines(directory.path().resolve(LoadServer.HANDLED)));
            handled.addAll(handledAfterwards(directory.path()));
            reportLost(answers, handled);
        }
    }

    /** By a fresh start. */
    private static List<String> handledAfterwards(Path directory) throws IOException, InterruptedException {
        try (Spool spool = new Spool(directory.resolve(LoadServer.SPOOL));
                Back back = new Back(directory, spool, new Landscape(CONNECTIONS))) {
            back.dispatcher().wake();
            Recovery.awaitEmpty(spool);
            return back.handled();
        }
    }

    private List<Answer> burst(Path directory) throws Exception {
        Process server = server(directory);
        try (BufferedReader said =
                        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
                Writer to = server.outputWriter(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(said.readLine());
            List<Answer> all = new ArrayList<>(all(port, "warm", WARM_UP));
            order(to, LoadServer.DRAIN);
            said.readLine();
            long start = System.nanoTime();
            List<Answer> answers = all(port, "burst", DELIVERIES / CONNECTIONS);
            long took = System.nanoTime() - start;
            order(to, LoadServer.STOP);
            long peakHeap = Long.parseLong(said.readLine());
            server.waitFor();
            report(answers, took);
            table.figure("– peak of the heap in use", Table.format("%d MB of -Xmx%s", peakHeap >> 20, HEAP));
            all.addAll(answers);
            return all;
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static void order(Writer to, String command) throws IOException {
        to.write(command + "\n");
        to.flush();
    }

    private static Process server(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadServer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<Answer> all(int port, String name, int each) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Callable<List<Answer>>> work = new ArrayList<>();
            for (int number = 0; number < CONNECTIONS; number++) {
                int connection = number;
                work.add(() -> one(port, connection, name, each));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<List<Answer>> done : threads.invokeAll(work)) {
                answers.addAll(done.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    static List<Answer> one(int port, int connection, String name, int each) throws IOException {
        String push = new String(
                Payloads.github(Landscape.repository(connection), Payloads.HEAD, Acknowledgement.SIZE),
                StandardCharsets.UTF_8);
        List<Answer> answers = new ArrayList<>();
        try (Sender sender = new Sender(port)) {
            for (int number = 1; number <= each; number++) {
                byte[] body = push.replace(Payloads.HEAD, Payloads.commit(-name.length() * 1_000_000 - number))
                        .getBytes(StandardCharsets.UTF_8);
                String signature = Sender.signature(body);
                String id = name + "-" + connection + "-" + number;
                long start = System.nanoTime();
                int status = sender.post(LoopbackServer.PATH + Landscape.hook(connection), id, signature, body);
                answers.add(new Answer(id, status, System.nanoTime() - start));
            }
        }
        return answers;
    }

    private void report(List<Answer> answers, long took) {
        long[] sorted = answers.stream().mapToLong(Answer::nanoseconds).sorted().toArray();
        table.figure(
                "burst of " + answers.size() + " deliveries of 20 kB from " + CONNECTIONS + " connections",
                Table.format("%.0f/s", answers.size() * 1e9 / took));
        table.figure(
                "– time to the answer",
                "p50 " + Table.time(sorted[sorted.length / 2]) + ", p99 "
                        + Table.time(sorted[sorted.length * 99 / 100]) + ", longest "
                        + Table.time(Arrays.stream(sorted).max().orElseThrow()));
    }

    /** Lost is what was acknowledged and never handled; doubled what was handled more than once. */
    private void reportLost(List<Answer> answers, List<String> handled) {
        Set<String> once = new HashSet<>(handled);
        List<Answer> accepted =
                answers.stream().filter(answer -> answer.status() == ACCEPTED).toList();
        long lost =
                accepted.stream().filter(answer -> !once.contains(answer.id())).count();
        table.figure(
                "– acknowledged, not acknowledged, lost, doubled",
                Table.format(
                        "%d, %d, %d, %d",
                        accepted.size(), answers.size() - accepted.size(), lost, handled.size() - once.size()));
    }
}
