package io.jenkins.plugins.bellhop.bench;

import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.flow.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The receiving end of the burst, wired as in Jenkins: receiver, spool, dispatcher, handler, decisions on disk. */
public final class LoadServer {

    /** The file that names what was handled. */
    static final String HANDLED = "handled";

    static final String SPOOL = "spool";
    /** The order to handle all that waits, and to say so. */
    static final String DRAIN = "drain";
    /** The order to finish the delivery at work, to leave the others, and to say how large the heap grew. */
    static final String STOP = "stop";

    private LoadServer() {}

    /** @param args a directory of its own */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[0]);
        Spool spool = new Spool(directory.resolve(SPOOL));
        try (Back back = new Back(directory, spool, new Landscape(Load.CONNECTIONS));
                LoopbackServer server =
                        LoopbackServer.of(new Receiver(back.landscape(), spool, back, back.dispatcher()::wake));
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(server.port());
            while (commands.readLine().equals(DRAIN)) {
                Recovery.awaitEmpty(spool);
                System.out.println(DRAIN);
            }
            back.close();
            Files.write(directory.resolve(HANDLED), back.handled());
            System.out.println(peakHeap());
        }
    }

    /** The sum over the heap's parts of the most that each ever held: never less than the peak of the whole. */
    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
