package io.jenkins.plugins.bellhop.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** The real disk, which fails as the test says. */
public final class TestDisk implements Disk {

    /** Bytes that still fit. */
    public volatile long room = Long.MAX_VALUE;
    /** Whether the next one fails; the one after it succeeds as if nothing had been, as Linux' own does. */
    public volatile boolean syncFails;

    volatile boolean cutFails;
    final AtomicInteger syncs = new AtomicInteger();
    /** Called before each sync. */
    volatile Runnable onSync = () -> {};

    /** A spool whose journal is on this disk. */
    public Spool spool(Path directory) throws IOException {
        return spool(directory, Spool.MOST_WAITING);
    }

    public Spool spool(Path directory, int mostWaiting) throws IOException {
        return new Spool(directory, mostWaiting, Spool.LARGEST, this, Journal.SEGMENT);
    }

    @Override
    public Output create(Path file) throws IOException {
        Output real = REAL.create(file);
        return new Output() {
            @Override
            public void write(byte[] bytes) throws IOException {
                int fit = (int) Math.min(room, bytes.length);
                real.write(Arrays.copyOf(bytes, fit));
                room -= fit;
                if (fit < bytes.length) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void sync() throws IOException {
                onSync.run();
                if (syncFails) {
                    syncFails = false;
                    throw new IOException("Input/output error");
                }
                real.sync();
                syncs.incrementAndGet();
            }

            @Override
            public void cut(long length) throws IOException {
                if (cutFails) {
                    throw new IOException("Input/output error");
                }
                real.cut(length);
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }
}
