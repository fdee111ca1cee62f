package hudson.slaves;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import java.io.IOException;

public abstract class ComputerListener {

    public ComputerListener() {}

    public void onOnline(Computer c, TaskListener listener) throws IOException, InterruptedException {}

    public void preOnline(Computer c, Channel channel, FilePath root, TaskListener listener)
            throws IOException, InterruptedException {}
}
