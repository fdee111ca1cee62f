package io.jenkins.plugins.bellhop.jenkins.trigger;

import hudson.FilePath;
import hudson.model.Action;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.plugins.git.GitException;
import hudson.plugins.git.Revision;
import hudson.plugins.git.RevisionParameterAction;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.RunAction2;
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
 *
 * <p>Strangers' code is built, but Jenkins itself never runs it: a checkout from which Jenkins reads a Jenkinsfile or a
 * library gets the branch that the pull request is proposed to, unless somebody decided to trust forks.
 */
public final class DecidedRevision extends RevisionParameterAction implements RunAction2 {

    private static final long serialVersionUID = 1L;

    private final String connectionId;
    private final String subject;
    private final String fetchRef;
    private final boolean fork;
    private final String target;
    private final String mergeRef;
    private String arrival;
    private String merged;
    private String cancellation;
    /** Its number among {@link OwedBuilds}. */
    private final long owedAs;

    private boolean checkedOut;
    private transient boolean stopped;
    private transient boolean restored;
    private transient Run<?, ?> run;
    private transient String remoteUrl;
    private transient String remoteName;

    /**
     * @param fetchRef where the commit is found if no branch has it: a full ref, or empty
     * @param mergeRef where the forge keeps the commit's merge, if that is built instead: a full ref, or empty
     * @param arrival of the delivery that asked for it
     * @param owedAs the build's number among those owed
     */
    public DecidedRevision(
            String connectionId, Subject subject, String fetchRef, String mergeRef, String arrival, long owedAs) {
        super(subject.commit().hex());
        this.connectionId = connectionId;
        this.subject = subject.key();
        this.fetchRef = fetchRef;
        this.mergeRef = mergeRef;
        this.arrival = arrival;
        this.fork = subject.match(own -> false, stranger -> true);
        this.target = subject.pullRequest().map(request -> request.target()).orElse("");
        this.owedAs = owedAs;
    }

    private Object readResolve() {
        restored = true;
        return this;
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

    /** The pull request's target branch; empty for what no pull request asked for, and in older files. */
    String target() {
        return target == null ? "" : target;
    }

    long owedAs() {
        return owedAs;
    }

    /** @param other may be null */
    boolean isSameBuildAs(DecidedRevision other) {
        return other != null && other.owedAs == owedAs;
    }

    /** Whether strangers' code is built. */
    public boolean fork() {
        return fork;
    }

    /** Of the latest delivery that asked for it; of those from before it was noted, the earliest. */
    public String arrival() {
        return arrival == null ? "" : arrival;
    }

    /** A later delivery asks for the same. */
    void askedForAt(String later) {
        if (arrival().compareTo(later) < 0) {
            arrival = later;
        }
    }

    /** Why Bellhop cancelled it, which needn't have ended yet; empty if it didn't. */
    public Optional<String> cancellation() {
        return Optional.ofNullable(cancellation);
    }

    void cancelled(String sentence) {
        cancellation = sentence;
    }

    /** Whether it was told to stop since Jenkins started; a crash may have come before it did. */
    boolean isStopped() {
        return stopped;
    }

    void stopped() {
        stopped = true;
    }

    /** Whether a pull request's merge is built instead of its head. */
    private boolean isMerge() {
        return mergeRef != null && !mergeRef.isEmpty();
    }

    /** What a checkout has to give: the decided commit, or the merge of it that was found; absent before it was. */
    public Optional<String> expected() {
        return isMerge() ? Optional.ofNullable(merged) : Optional.of(commit);
    }

    /** Whether it was read from a file, and nobody has asked yet whether its item was built before. */
    boolean isRestored() {
        return restored;
    }

    /** Its item is known not to be built yet. */
    void settle() {
        restored = false;
    }

    /** Whether a checkout of this build was seen to give the decided commit. */
    public boolean isCheckedOut() {
        return checkedOut;
    }

    /** A checkout of this build gave the decided commit. */
    public void checkedOut() {
        checkedOut = true;
    }

    @Override
    public void onAttached(Run<?, ?> build) {
        run = build;
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        run = build;
    }

    @Override
    public boolean canOriginateFrom(Iterable<RemoteConfig> remotes) {
        for (RemoteConfig remote : remotes) {
            for (URIish uri : remote.getURIs()) {
                String url = expanded(uri.toPrivateString());
                if (leadsToConnection(url)) {
                    remoteUrl = url;
                    remoteName = remote.getName();
                    return true;
                }
            }
        }
        return false;
    }

    /** The git plugin asks with variables in place. One that can't be read stays: then no decided commit is checked out. */
    private String expanded(String url) {
        if (!url.contains("$")) {
            return url;
        }
        try {
            return run.getEnvironment(TaskListener.NULL).expand(url);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return url;
        } catch (IOException e) {
            return url;
        }
    }

    /** Whether the connected repository is checked out, however the remote is spelt. */
    public boolean leadsToConnection(String url) {
        try {
            return Wiring.get().leadsToConnection(connectionId, RemoteUrl.parse(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Asked after the ordinary fetch, and after {@link #canOriginateFrom}. */
    @Override
    public Revision toRevision(GitClient git) throws InterruptedException {
        if (fork && !RepositoryConnection.handsKeysToForks(run.getParent()) && isReadByJenkins(git.getWorkTree())) {
            return headOfTarget(git);
        }
        if (isMerge() && remoteUrl != null) {
            return new Revision(mergeCommit(git));
        }
        if (!fetchRef.isEmpty() && remoteUrl != null && !git.isCommitInRepo(ObjectId.fromString(commit))) {
            git.fetch_()
                    .from(remote(), List.of(new RefSpec("+" + fetchRef + ":" + localRef())))
                    .execute();
        }
        return super.toRevision(git);
    }

    /** The same for all checkouts of the build, also for those at the same time. */
    private synchronized ObjectId mergeCommit(GitClient git) throws InterruptedException {
        ObjectId merge = new MergeCommit(git, remote(), mergeRef, commit).found(Optional.ofNullable(merged));
        merged = merge.name();
        return merge;
    }

    /** Whether Jenkins checks out there what it runs itself: a Jenkinsfile, or a Pipeline library. */
    public boolean isReadByJenkins(FilePath workTree) {
        File libraries = new File(Wiring.get().home(), "global-libraries-cache");
        return new ControllerCode(WorkspaceList.COMBINATOR, List.of(run.getRootDir(), libraries))
                .isAt(workTree.getRemote());
    }

    private Revision headOfTarget(GitClient git) throws InterruptedException {
        String branch = "refs/remotes/" + remoteName + "/" + target;
        try {
            return new Revision(git.revParse(branch));
        } catch (GitException e) {
            throw new GitException(Messages.DecidedRevision_NoTarget(target), e);
        }
    }

    private URIish remote() {
        try {
            return new URIish(remoteUrl);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("was a remote a moment ago", e);
        }
    }

    private String localRef() {
        return localRef(fetchRef);
    }

    /** Under the remote's name, so that "prune stale remote-tracking branches" cleans it up some day. */
    static String localRef(String ref) {
        return "refs/remotes/origin/" + ref.substring("refs/".length());
    }

    /**
     * Two refs on one commit are two builds, as are a head and its merge, or its merges with two targets: the git plugin alone
     * would fold them into one.
     */
    @Override
    public boolean shouldSchedule(List<Action> others) {
        return others.stream()
                .filter(DecidedRevision.class::isInstance)
                .map(DecidedRevision.class::cast)
                .noneMatch(this::gives);
    }

    /** Whether the other one, which waits already, builds the same. */
    private boolean gives(DecidedRevision other) {
        return other.subject.equals(subject)
                && other.commit.equals(commit)
                && other.isMerge() == isMerge()
                && other.target().equals(target());
    }
}
