package io.jenkins.plugins.bellhop.moving;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.moving.Proposal.Connecting;
import io.jenkins.plugins.bellhop.moving.Proposal.Hindered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One job as it is now, and what would become of it. */
public record Preview(JobNow job, Proposal proposal) {

    public static Preview of(JobNow job, Repositories repositories) {
        return new Preview(
                job,
                job.source()
                        .match(git -> proposed(git, repositories), elsewhere -> new Hindered(elsewhere.sentence())));
    }

    private static Proposal proposed(Source.Git git, Repositories repositories) {
        try {
            List<RemoteUrl> remotes =
                    git.remotes().stream().map(Source.Remote::parsed).toList();
            if (remotes.isEmpty()) {
                return new Hindered(Source.Elsewhere.NO_GIT.sentence());
            }
            RemoteUrl first = remotes.get(0);
            return remotes.stream()
                    .filter(other -> !other.leadsToSameRepositoryAs(first))
                    .findFirst()
                    .map(other -> twoRepositories(first, other))
                    .orElseGet(() -> proposed(first, repositories));
        } catch (IllegalArgumentException e) {
            return new Hindered("Its Git remote can't be read: " + e.getMessage() + ".");
        }
    }

    private static Proposal twoRepositories(RemoteUrl first, RemoteUrl other) {
        return new Hindered("Its remotes lead to two repositories, " + first + " and " + other
                + ". Fill in the section in the job's configuration with the one that is meant.");
    }

    private static Proposal proposed(RemoteUrl remote, Repositories repositories) {
        Optional<ForgeRepository> found = repositories.at(remote);
        if (found.isEmpty()) {
            return new Hindered(
                    "No forge is configured for " + remote.host() + ". Add it under Manage Jenkins, System, Bellhop.");
        }
        return new Connecting(remote, found.get(), repositories.isConnected(remote, found.get()));
    }

    /** The repository, when it is at a known forge. */
    public Optional<ForgeRepository> repository() {
        return proposal.connecting().map(Connecting::repository);
    }

    private String takenAway(Start start) {
        String place = job.pipeline() ? start.label() + ", in its script too" : start.label();
        return start.isReplacedWholly(job.pipeline())
                ? place
                : place + ", if nothing but pushes to this repository starts builds by it";
    }

    /**
     * What is to be taken away once the job is connected; empty when it can't be. Where a script may bring it back, that is
     * said too.
     *
     * @param credential what the credential of its Git configuration is called; empty when there is none
     */
    public List<String> takenAwayAfterwards(String credential) {
        List<String> things = new ArrayList<>();
        repository().ifPresent(repository -> {
            job.replaced().forEach(start -> {
                things.add(takenAway(start));
                start.replaced()
                        .map(Start.Replaced::atForge)
                        .filter(left -> !left.isEmpty())
                        .ifPresent(left -> things.add("at the forge " + left + ", when no other job needs it"));
            });
            if (!credential.isEmpty()) {
                things.add("the credential " + credential + ", in favour of Deploy key of " + repository.name());
            }
        });
        return List.copyOf(things);
    }
}
