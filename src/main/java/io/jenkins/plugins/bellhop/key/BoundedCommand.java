package io.jenkins.plugins.bellhop.key;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program without a shell, for a bounded time, and keeps a bounded part of what it prints; the rest is read and
 * dropped, so that the program never waits for us. Whatever it started is ended with it.
 */
final class BoundedCommand {

    /** How long to wait for the last output after the end; a program that outlives its parent may keep the pipe. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private BoundedCommand() {}

    /**
     * @param exitCode meaningless when stopped
     * @param output its standard output, UTF-8, cut at the limit
     * @param errors its standard error, likewise
     * @param stopped whether the time was over
     * @param outputCut whether it printed more than the limit to its standard output
     */
    record Result(int exitCode, String output, String errors, boolean stopped, boolean outputCut) {}

    /**
     * @param limit bytes kept of each stream
     * @throws IOException when the program can't be started
     */
    static Result run(ProcessBuilder builder, Duration time, int limit) throws IOException, InterruptedException {
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            Drain output = Drain.of(process.getInputStream(), limit);
            Drain errors = Drain.of(process.getErrorStream(), limit);
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Result(-1, output.text(), errors.text(), true, true);
            }
            output.awaitEnd();
            errors.awaitEnd();
            return new Result(process.exitValue(), output.text(), errors.text(), false, output.isCut());
        } finally {
            end(process);
        }
    }

    /**
     * The children first: when git is gone, nobody knows any more that ssh was its child. Not before the output was read,
     * since ending even an ended process closes its pipes.
     */
    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        // One that began while the others were ended.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static final class Drain implements Runnable {

        private final InputStream source;
        private final int limit;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread thread;
        private boolean cut;

        private Drain(InputStream source, int limit) {
            this.source = source;
            this.limit = limit;
            this.thread = new Thread(this, "bellhop: output of a command");
            thread.setDaemon(true);
        }

        static Drain of(InputStream source, int limit) {
            Drain drain = new Drain(source, limit);
            drain.thread.start();
            return drain;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (source) {
                for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                    keep(buffer, read);
                }
            } catch (IOException e) {
                // The pipe was closed because the program was ended: what came before is all there is.
                return;
            }
        }

        private synchronized void keep(byte[] buffer, int length) {
            int room = Math.min(length, limit - kept.size());
            kept.write(buffer, 0, room);
            cut |= room < length;
        }

        void awaitEnd() throws InterruptedException {
            thread.join(LAST_OUTPUT.toMillis());
        }

        synchronized boolean isCut() {
            return cut;
        }

        synchronized String text() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
