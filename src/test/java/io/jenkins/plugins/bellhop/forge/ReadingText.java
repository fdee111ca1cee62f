package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A reading as the expected-event files write it: the kind, then each member on a line of its own. */
public final class ReadingText implements Reading.Cases<String>, Event.Cases<String> {

    public static String of(Reading reading) {
        return reading.match(new ReadingText());
    }

    @Override
    public String happened(Reading.Happened reading) {
        return reading.events().stream().map(event -> event.match(this)).collect(Collectors.joining());
    }

    @Override
    public String ping(Reading.Ping reading) {
        return lines("Ping", "repository: " + shown(reading.repository()));
    }

    @Override
    public String ignored(Reading.Ignored reading) {
        return lines("Ignored", "why: " + reading.why(), "repository: " + shown(reading.repository()));
    }

    @Override
    public String branchPushed(Event.BranchPushed event) {
        return lines(
                "BranchPushed",
                repository(event.repository()),
                "branch: " + event.branch(),
                "commit: " + event.commit(),
                "message: " + shown(event.headMessage()),
                "default branch: " + shown(event.defaultBranch()),
                "before: " + shown(event.before()),
                "files: " + shown(event.files().map(files -> new TreeSet<>(files.paths()))));
    }

    @Override
    public String tagPushed(Event.TagPushed event) {
        return lines(
                "TagPushed",
                repository(event.repository()),
                "tag: " + event.tag(),
                "commit: " + event.commit(),
                "message: " + shown(event.headMessage()));
    }

    @Override
    public String refDeleted(Event.RefDeleted event) {
        return lines(
                "RefDeleted",
                repository(event.repository()),
                "ref: " + event.ref(),
                "last commit: " + event.lastCommit());
    }

    @Override
    public String pullRequestChanged(Event.PullRequestChanged event) {
        PullRequest request = event.pullRequest();
        return lines(
                "PullRequestChanged",
                repository(event.repository()),
                "number: " + request.number(),
                "head branch: " + request.headBranch(),
                "head: " + request.head(),
                "target: " + request.target(),
                "fork: " + (request.fork() ? "yes" : "no"),
                "draft: " + (request.draft() ? "yes" : "no"),
                "author: " + shown(request.author().map(author -> author.id() + " " + author.name())),
                "association: " + request.association(),
                "change: " + event.change());
    }

    @Override
    public String repositoryRenamed(Event.RepositoryRenamed event) {
        return lines("RepositoryRenamed", repository(event.repository()), "old name: " + shown(event.oldName()));
    }

    @Override
    public String repositoryDeleted(Event.RepositoryDeleted event) {
        return lines("RepositoryDeleted", repository(event.repository()));
    }

    @Override
    public String defaultBranchChanged(Event.DefaultBranchChanged event) {
        return lines("DefaultBranchChanged", repository(event.repository()), "default branch: " + event.newDefault());
    }

    @Override
    public String headsUnknown(Event.HeadsUnknown event) {
        return lines("HeadsUnknown", repository(event.repository()));
    }

    private static String repository(RepositoryId id) {
        return "repository: " + id.host() + " " + id.stableId() + " " + id.name();
    }

    private static String shown(Optional<?> value) {
        return value.map(Object::toString).orElse("-").replace("\n", "\\n");
    }

    private static String lines(String... lines) {
        return String.join("\n", List.of(lines)) + "\n";
    }
}
