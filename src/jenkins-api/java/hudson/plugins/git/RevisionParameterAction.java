package hudson.plugins.git;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import java.io.Serializable;
import java.util.List;
import org.eclipse.jgit.transport.RemoteConfig;
import org.jenkinsci.plugins.gitclient.GitClient;

@SuppressWarnings("serial")
public class RevisionParameterAction extends InvisibleAction implements Serializable, Queue.QueueAction {

    public final String commit = null;

    public RevisionParameterAction(String commit) {}

    public boolean canOriginateFrom(Iterable<RemoteConfig> remotes) {
        return false;
    }

    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return false;
    }

    public Revision toRevision(GitClient git) throws GitException, InterruptedException {
        return null;
    }
}
