package io.jenkins.plugins.bellhop.jenkins.multibranch;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import java.util.Optional;
import jenkins.plugins.git.GitBranchSCMHead;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.GitSCMSourceContext;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMSource;

/** A project's Git source that leads to the connected repository. Other kinds of sources hear through their own plugins. */
final class ConnectedSource {

    private final GitSCMSource source;

    private ConnectedSource(GitSCMSource source) {
        this.source = source;
    }

    static Optional<ConnectedSource> of(SCMSource source, Connection connection, Remotes remotes) {
        return source instanceof GitSCMSource git && leads(git, connection, remotes)
                ? Optional.of(new ConnectedSource(git))
                : Optional.empty();
    }

    private static boolean leads(GitSCMSource git, Connection connection, Remotes remotes) {
        try {
            return remotes.leadTo(connection, RemoteUrl.parse(git.getRemote()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the source leads to the repository of the connection with this id. */
    static boolean leads(GitSCMSource git, String connectionId) {
        try {
            return Wiring.get().leadsToConnection(connectionId, RemoteUrl.parse(git.getRemote()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    SCMSource source() {
        return source;
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
