package io.jenkins.plugins.bellhop.jenkins.multibranch;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import java.util.Optional;
import jenkins.plugins.git.GitBranchSCMHead;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.GitSCMSourceContext;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMSource;

/** A project's source that leads to the connected repository. */
final class ConnectedSource {

    private final SCMSource source;

    private ConnectedSource(SCMSource source) {
        this.source = source;
    }

    static Optional<ConnectedSource> of(SCMSource source, Connection connection, Remotes remotes) {
        return SourceRemote.of(source)
                .filter(remote -> remotes.leadTo(connection, remote))
                .map(leading -> new ConnectedSource(source));
    }

    /** Whether the source leads to the repository of the connection with this id. */
    static boolean leads(SCMSource source, String connectionId) {
        return SourceRemote.of(source)
                .filter(remote -> Wiring.get().leadsToConnection(connectionId, remote))
                .isPresent();
    }

    /** Whether it understands which branch is meant. The sources of other plugins name their branches in their own ways. */
    boolean isPlainGit() {
        return source instanceof GitSCMSource;
    }

    SCMSource source() {
        return source;
    }

    /** Whether what happened may change what the source finds. Those of other plugins find pull requests, too. */
    boolean concerns(Event event) {
        Optional<News> news = News.of(event);
        return isPlainGit()
                ? news.filter(each -> wants(each.ref())).isPresent()
                : news.isPresent() || event instanceof Event.PullRequestChanged;
    }

    /** Whether the source's traits leave the branch, or tags, to the project. */
    boolean wants(GitRef ref) {
        GitSCMSourceContext<?, ?> context =
                new GitSCMSourceContext<>(null, SCMHeadObserver.none()).withTraits(source.getTraits());
        if (context.ignoreOnPushNotifications()) {
            return false;
        }
        return ref.isTag() ? context.wantTags() : context.wantBranches() && !excludes(context, ref);
    }

    private boolean excludes(GitSCMSourceContext<?, ?> context, GitRef branch) {
        GitBranchSCMHead head = new GitBranchSCMHead(branch.shortName());
        return context.prefilters().stream().anyMatch(filter -> filter.isExcluded(source, head));
    }
}
