package io.jenkins.plugins.bellhop.jenkins.multibranch;

import hudson.scm.SCM;
import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import jenkins.plugins.git.GitBranchSCMHead;
import jenkins.plugins.git.GitBranchSCMRevision;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMNavigator;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceOwner;

/**
 * One branch of a connected repository changed or is gone: of the projects that watch it, this one branch is looked at. The
 * branches of all projects are asked whether it is theirs, so those of others are sent away by their project's name.
 */
final class BranchChanged extends SCMHeadEvent<News> {

    private final Set<String> projects;
    private final Connection connection;
    private final String happened;
    private final Remotes remotes;

    /**
     * @param projects full names of those that are told
     * @param happened in words
     */
    BranchChanged(Set<String> projects, News news, Connection connection, String happened, Remotes remotes) {
        super(
                news.commit().isPresent() ? Type.UPDATED : Type.REMOVED,
                news,
                connection.repository().host());
        this.projects = Set.copyOf(projects);
        this.connection = connection;
        this.happened = happened;
        this.remotes = remotes;
    }

    Set<String> projects() {
        return projects;
    }

    /** The build's cause: shown as text. */
    @Override
    public String description() {
        return happened + " in " + connection.repository() + ", told by Bellhop";
    }

    @Override
    public boolean isMatch(SCMSource source) {
        SCMSourceOwner project = source.getOwner();
        return project != null
                && projects.contains(project.getFullName())
                && ConnectedSource.of(source, connection, remotes)
                        .filter(connected -> connected.isPlainGit()
                                && connected.wants(getPayload().ref()))
                        .isPresent();
    }

    @Override
    public Map<SCMHead, SCMRevision> heads(SCMSource source) {
        if (!isMatch(source)) {
            return Map.of();
        }
        GitBranchSCMHead head = new GitBranchSCMHead(getPayload().ref().shortName());
        SCMRevision revision = getPayload()
                .commit()
                .map(CommitId::hex)
                .map(hex -> new GitBranchSCMRevision(head, hex))
                .orElse(null);
        return Collections.singletonMap(head, revision);
    }

    /** Organisation folders are told nothing. */
    @Override
    public boolean isMatch(SCMNavigator navigator) {
        return false;
    }

    @Override
    public String getSourceName() {
        return connection.repository().name().name();
    }

    /** Jobs that poll are nobody's who watches. */
    @Override
    public boolean isMatch(SCM scm) {
        return false;
    }
}
