package io.jenkins.plugins.bellhop.delivery;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** What a journal asks of the file system when it writes. */
interface Disk {

    /** The real one. Not by channels: those close for everybody when one thread that uses them is interrupted. */
    Disk REAL = file -> {
        Durable.create(file);
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        return new Output() {
            @Override
            public void write(byte[] bytes) throws IOException {
                opened.write(bytes);
            }

            @Override
            public void sync() throws IOException {
                opened.getFD().sync();
            }

            @Override
            public void cut(long length) throws IOException {
                opened.setLength(length);
            }

            @Override
            public void close() throws IOException {
                opened.close();
            }
        };
    };

    /** Makes a file, for its owner alone. */
    Output create(Path file) throws IOException;

    /** A file that grows. */
    interface Output extends AutoCloseable {
        /** At the end. When it fails, some of the bytes may be there. */
        void write(byte[] bytes) throws IOException;

        /** When it returns, what was written survives a crash of the machine. When it fails, nobody can say what does. */
        void sync() throws IOException;

        void cut(long length) throws IOException;

        @Override
        void close() throws IOException;
    }
}
