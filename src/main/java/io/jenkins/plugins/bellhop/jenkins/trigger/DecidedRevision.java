package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.model.Action;
import hudson.model.Run;
import hudson.plugins.git.Revision;
import hudson.plugins.git.RevisionParameterAction;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.URIish;
import org.jenkinsci.plugins.gitclient.GitClient;

/**
 * Pins a build to the decided commit. The git plugin's own action compares the remote's text with a given URL and
 * silently builds the branch head when they are spelt differently, or pins every checkout of the build when there is no
 * URL; this one asks whether the remote leads to the connected repository, however it is spelt. It also fetches the commit
 * where ordinary refspecs don't, as for a pull request from a fork. The fields' names are a file format.
 */
public final class DecidedRevision extends RevisionParameterAction {

    private static final long serialVersionUID = 1L;

    private final String connectionId;
    private final String subject;
    private final String fetchRef;
    private transient String remoteUrl;

    /** @param fetchRef where the commit is found if no branch has it: a full ref, or empty */
    public DecidedRevision(String connectionId, Subject subject, String fetchRef) {
        super(subject.commit().hex());
        this.connectionId = connectionId;
        this.subject = subject.key();
        this.fetchRef = fetchRef;
    }

    public static Optional<DecidedRevision> of(Run<?, ?> run) {
        return Optional.ofNullable(run.getAction(DecidedRevision.class));
    }

    public String connectionId() {
        return connectionId;
    }

    public String subject() {
        return subject;
    }

    @Override
    public boolean canOriginateFrom(Iterable<RemoteConfig> remotes) {
        for (RemoteConfig remote : remotes) {
            for (URIish uri : remote.getURIs()) {
                if (leadsToConnection(uri.toPrivateString())) {
                    remoteUrl = uri.toPrivateString();
                    return true;
                }
            }
        }
        return false;
    }

    private boolean leadsToConnection(String url) {
        try {
            return Wiring.get().leadsToConnection(connectionId, RemoteUrl.parse(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Asked after the ordinary fetch, and after {@link #canOriginateFrom}. */
    @Override
    public Revision toRevision(GitClient git) throws InterruptedException {
        if (!fetchRef.isEmpty() && remoteUrl != null && !git.isCommitInRepo(ObjectId.fromString(commit))) {
            git.fetch_()
                    .from(remote(), List.of(new RefSpec("+" + fetchRef + ":" + localRef())))
                    .execute();
        }
        return super.toRevision(git);
    }

    private URIish remote() {
        try {
            return new URIish(remoteUrl);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("was a remote a moment ago", e);
        }
    }

    /** Under the remote's name, so that "prune stale remote-tracking branches" cleans it up some day. */
    private String localRef() {
        return "refs/remotes/origin/" + fetchRef.substring("refs/".length());
    }

    /** Two refs on one commit are two builds: the git plugin alone would fold them into one. */
    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream()
                .filter(DecidedRevision.class::isInstance)
                .map(DecidedRevision.class::cast)
                .noneMatch(other -> other.subject.equals(subject) && other.commit.equals(commit));
    }
}
