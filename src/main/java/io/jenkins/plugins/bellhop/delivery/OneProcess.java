package io.jenkins.plugins.bellhop.delivery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps a directory for one process, until it ends or lets go. */
final class OneProcess implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(OneProcess.class.getName());

    private final FileChannel channel;

    /** @throws IOException when the directory is in use */
    OneProcess(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        if (!Files.exists(file)) {
            Durable.create(file);
        }
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (!isLocked()) {
            channel.close();
            throw new IOException("expected that nobody else uses " + directory
                    + ", found it locked: another Jenkins, or one that has not ended yet, has the same home directory");
        }
    }

    private boolean isLocked() {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "This file system knows no locks; make sure that only one Jenkins uses it", e);
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
