package io.jenkins.plugins.bellhop.jenkins.multibranch;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.Told;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.jenkins.connection.Remotes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMSourceOwner;

/** Tells the multibranch projects that watch a connection which of its branches changed. */
public final class BranchNews {

    private static final Logger LOGGER = Logger.getLogger(BranchNews.class.getName());

    private final Connection connection;
    private final Remotes remotes;
    private final OwedLooks owed;

    public BranchNews(Connection connection, Remotes remotes, OwedLooks owed) {
        this.connection = connection;
        this.remotes = remotes;
        this.owed = owed;
    }

    /**
     * Fires one event for all of them, and none when there is nothing to tell.
     *
     * @param dry only say what would be told
     */
    public List<Told> tell(List<SCMSourceOwner> projects, Trigger trigger, boolean dry) {
        Event event = trigger.event();
        List<Told> told =
                projects.stream().map(project -> safely(project, event, dry)).toList();
        if (!dry) {
            Set<String> audience = told.stream()
                    .filter(each -> each.outcome() == Outcome.TOLD)
                    .map(Told::project)
                    .collect(Collectors.toSet());
            spread(
                    projects.stream()
                            .filter(project -> audience.contains(project.getFullName()))
                            .toList(),
                    event);
        }
        return told;
    }

    private void spread(List<SCMSourceOwner> audience, Event event) {
        Set<String> hearing = audience.stream()
                .filter(project -> hearsEvent(project, event))
                .map(SCMSourceOwner::getFullName)
                .collect(Collectors.toSet());
        if (!hearing.isEmpty()) {
            SCMHeadEvent.fireNow(
                    new BranchChanged(hearing, News.of(event).orElseThrow(), connection, event.described(), remotes));
        }
        audience.forEach(project -> concerned(project, event)
                .filter(source -> !isFoundByEvent(source, event))
                .forEach(source -> lookAtAll(project, source)));
    }

    private boolean hearsEvent(SCMSourceOwner project, Event event) {
        return concerned(project, event).anyMatch(source -> isFoundByEvent(source, event));
    }

    /**
     * The SCM API finds a tag only by its commit's date, which no delivery tells, and what other plugins call a branch they alone
     * know.
     */
    private static boolean isFoundByEvent(ConnectedSource source, Event event) {
        return source.isPlainGit()
                && News.of(event).filter(news -> !news.ref().isTag()).isPresent();
    }

    /** A fault is of this project alone; the others are still told. */
    private Told safely(SCMSourceOwner project, Event event, boolean dry) {
        try {
            Told told = verdict(project, event);
            if (!dry && told.outcome() == Outcome.TOLD) {
                owe(project, event);
            }
            return told;
        } catch (IOException e) {
            return new Told(
                    project.getFullName(),
                    Outcome.FAILED,
                    "Multibranch project " + project.getFullName()
                            + " not told yet: Bellhop could not write down that it is, and a restart would lose it: "
                            + e.getMessage() + ". The disk may be full.");
        } catch (RuntimeException fault) {
            LOGGER.log(Level.WARNING, fault, () -> "Could not tell " + project.getFullName() + "; it is tried again");
            return new Told(
                    project.getFullName(),
                    Outcome.FAILED,
                    "Multibranch project " + project.getFullName() + " not told yet: a fault in Bellhop, see the log of"
                            + " Jenkins (" + fault.getClass().getName() + ").");
        }
    }

    /** The delivery is forgotten soon, so from now on the look must survive a crash by itself. */
    private void owe(SCMSourceOwner project, Event event) throws IOException {
        String name = project.getFullName();
        long now = System.currentTimeMillis();
        if (hearsEvent(project, event)) {
            owed.add(OwedLook.at(News.of(event).orElseThrow(), name, event.described(), now));
        }
        if (!concerned(project, event).allMatch(source -> isFoundByEvent(source, event))) {
            owed.add(OwedLook.atAll(name, event.described(), now));
        }
    }

    private Told verdict(SCMSourceOwner project, Event event) {
        Optional<News> news = News.of(event);
        boolean concerned = concerned(project, event).findAny().isPresent();
        if (!concerned && news.isEmpty()) {
            return notTold(project, "this changes no branch and no tag");
        }
        if (ProjectConnection.isDisabled(project)) {
            return notTold(project, "it is disabled");
        }
        if (sourcesOf(project).findAny().isEmpty()) {
            return notTold(project, "none of its Git sources leads to " + connection.repository());
        }
        if (!concerned) {
            return notTold(
                    project,
                    "the behaviours of its Git source leave out "
                            + news.get().ref().described());
        }
        return new Told(
                project.getFullName(),
                Outcome.TOLD,
                "Told multibranch project " + project.getFullName() + ": "
                        + news.map(News::described).orElseGet(event::described) + ".");
    }

    private static Told notTold(SCMSourceOwner project, String why) {
        return new Told(
                project.getFullName(),
                Outcome.SKIPPED,
                "Multibranch project " + project.getFullName() + " not told: " + why + ".");
    }

    private Stream<ConnectedSource> concerned(SCMSourceOwner project, Event event) {
        return sourcesOf(project).filter(source -> source.concerns(event));
    }

    private Stream<ConnectedSource> sourcesOf(SCMSourceOwner project) {
        return project.getSCMSources().stream()
                .flatMap(source -> ConnectedSource.of(source, connection, remotes).stream());
    }

    @SuppressWarnings("deprecation") // The Git plugin does the same; there is no other way to ask for one source.
    private static void lookAtAll(SCMSourceOwner project, ConnectedSource source) {
        project.onSCMSourceUpdated(source.source());
    }
}
