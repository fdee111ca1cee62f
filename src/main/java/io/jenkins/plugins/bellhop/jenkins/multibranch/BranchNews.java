package io.jenkins.plugins.bellhop.jenkins.multibranch;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.Told;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMSourceOwner;

/** Tells the multibranch projects that watch a connection which of its branches changed. */
public final class BranchNews {

    private static final Logger LOGGER = Logger.getLogger(BranchNews.class.getName());

    private final Connection connection;
    private final Remotes remotes;

    public BranchNews(Connection connection, Remotes remotes) {
        this.connection = connection;
        this.remotes = remotes;
    }

    /**
     * Fires one event for all of them, and none when there is nothing to tell.
     *
     * @param dry only say what would be told
     */
    public List<Told> tell(List<SCMSourceOwner> projects, Trigger trigger, boolean dry) {
        Optional<News> news = News.of(trigger.event());
        if (news.isEmpty()) {
            return projects.stream()
                    .map(project -> notTold(project, "this changes no branch and no tag"))
                    .toList();
        }
        List<Told> told =
                projects.stream().map(project -> safely(project, news.get())).toList();
        if (!dry) {
            spread(news.get(), told, projects, trigger);
        }
        return told;
    }

    private void spread(News news, List<Told> told, List<SCMSourceOwner> projects, Trigger trigger) {
        Set<String> audience = told.stream()
                .filter(each -> each.outcome() == Outcome.TOLD)
                .map(Told::project)
                .collect(Collectors.toSet());
        if (news.ref().isTag()) {
            projects.stream()
                    .filter(project -> audience.contains(project.getFullName()))
                    .forEach(project -> lookAtAll(project, news));
        } else if (!audience.isEmpty()) {
            SCMHeadEvent.fireNow(new BranchChanged(audience, news, trigger, remotes));
        }
    }

    /** A fault is of this project alone; the others are still told. */
    private Told safely(SCMSourceOwner project, News news) {
        try {
            return verdict(project, news);
        } catch (RuntimeException fault) {
            LOGGER.log(Level.WARNING, fault, () -> "Could not tell " + project.getFullName() + "; it is tried again");
            return new Told(
                    project.getFullName(),
                    Outcome.FAILED,
                    "Multibranch project " + project.getFullName() + " not told yet: a fault in Bellhop, see the log of"
                            + " Jenkins (" + fault.getClass().getName() + ").");
        }
    }

    private Told verdict(SCMSourceOwner project, News news) {
        if (ProjectConnection.isDisabled(project)) {
            return notTold(project, "it is disabled");
        }
        List<ConnectedSource> sources = sourcesOf(project);
        if (sources.isEmpty()) {
            return notTold(project, "none of its Git sources leads to " + connection.repository());
        }
        if (sources.stream().noneMatch(source -> source.wants(news.ref()))) {
            return notTold(
                    project,
                    "the behaviours of its Git source leave out " + news.ref().described());
        }
        return new Told(
                project.getFullName(),
                Outcome.TOLD,
                "Told multibranch project " + project.getFullName() + ": " + news.described() + ".");
    }

    private static Told notTold(SCMSourceOwner project, String why) {
        return new Told(
                project.getFullName(),
                Outcome.SKIPPED,
                "Multibranch project " + project.getFullName() + " not told: " + why + ".");
    }

    private List<ConnectedSource> sourcesOf(SCMSourceOwner project) {
        return project.getSCMSources().stream()
                .flatMap(source -> ConnectedSource.of(source, connection, remotes).stream())
                .toList();
    }

    /** The SCM API finds a tag only by its commit's date, which no delivery tells. */
    @SuppressWarnings("deprecation") // The Git plugin does the same; there is no other way to ask for one source.
    private void lookAtAll(SCMSourceOwner project, News tag) {
        sourcesOf(project).stream()
                .filter(source -> source.wants(tag.ref()))
                .forEach(source -> project.onSCMSourceUpdated(source.source()));
    }
}
