package hudson;

import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;

public final class FilePath {

    public FilePath(VirtualChannel channel, String remote) {}

    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        return null;
    }

    public FilePath child(String relOrAbsolute) {
        return null;
    }

    public String getRemote() {
        return null;
    }

    public Computer toComputer() {
        return null;
    }

    public interface FileCallable<T> extends Serializable {

        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }
}
