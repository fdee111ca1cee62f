package io.jenkins.plugins.bellhop.flow;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.UnfinishedBuild;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Dialect;
import io.jenkins.plugins.bellhop.forge.FailedDelivery;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.LastDelivery;
import io.jenkins.plugins.bellhop.forge.RepositoryFacts;
import io.jenkins.plugins.bellhop.forge.github.GitHubDialect;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.support.Signed;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the flow needs of its surroundings, in memory: one connection, its jobs, the log, and the forge's answers. */
final class Fakes {

    static final RepositoryId APP = new RepositoryId("github.com", "1001", new RepositoryName("acme", "app"));
    static final Connection CONNECTION = new Connection(
            "connection-1",
            APP,
            "git@github.com:acme/app.git",
            Optional.of("main"),
            SshKeyPair.ed25519("").publicKey(),
            Optional.of("5"),
            Optional.of("6"));

    /** In the order in which they came. */
    final List<Entry> log = Collections.synchronizedList(new ArrayList<>());

    final List<Job> jobs = new ArrayList<>();
    /** What projects that find out by themselves what to build say when they are told. */
    final List<Told> told = new ArrayList<>();

    /** What such projects were told. */
    final List<Trigger> triggers = new ArrayList<>();

    final List<RepositoryId> renamedTo = new ArrayList<>();
    final Api api = new Api();
    final MemoryPages pages = new MemoryPages();
    final Approvals approvals = new Approvals(new MemoryPages());
    final SettableClock clock = new SettableClock();
    SeenHeads seen = new SeenHeads(pages);
    final KnownHooks hooks = new KnownHooks(new MemoryPages());
    List<Secret> secrets = List.of(Signed.SECRET);

    private final Forge forge;
    private final Connection connection;

    /** GitHub. */
    Fakes() {
        this(new GitHub(), APP);
    }

    Fakes(Forge forge, RepositoryId repository) {
        this.forge = forge;
        connection = CONNECTION.renamed(repository, CONNECTION.sshUrl());
    }

    Sources sources() {
        return hook -> hook.equals("hook") ? Optional.of(new Source(connection, forge, secrets)) : Optional.empty();
    }

    Handler handler() {
        return new Handler(
                sources(),
                new Watches() {
                    @Override
                    public List<WatchingJob> of(String connectionId) {
                        return connectionId.equals(CONNECTION.id()) ? List.copyOf(jobs) : List.of();
                    }

                    @Override
                    public List<Told> tell(Trigger trigger, boolean dry) {
                        if (!dry) {
                            triggers.add(trigger);
                        }
                        return List.copyOf(told);
                    }
                },
                new Repositories() {
                    @Override
                    public ForgeApi api(Connection connection) {
                        return api;
                    }

                    @Override
                    public void renamed(Connection connection, RepositoryId today) {
                        renamedTo.add(today);
                    }
                },
                new Memory(seen, hooks, approvals),
                log::add,
                clock);
    }

    Job job(String name) {
        Job job = new Job(name);
        jobs.add(job);
        return job;
    }

    /** Stands still until it is moved. */
    static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    /** Heads for as long as the test runs. */
    static class MemoryPages implements SeenHeads.Pages {
        final Map<String, List<String>> pages = new HashMap<>();

        @Override
        public List<String> read(String connectionId) {
            return pages.getOrDefault(connectionId, List.of());
        }

        @Override
        public void write(String connectionId, List<String> lines) throws IOException {
            pages.put(connectionId, lines);
        }

        @Override
        public void remove(String connectionId) {
            pages.remove(connectionId);
        }
    }

    /** A job that builds whatever it is told to, at once or never, and remembers it. */
    static final class Job implements WatchingJob {
        final List<Build> builds = Collections.synchronizedList(new ArrayList<>());
        final List<Trigger> triggers = Collections.synchronizedList(new ArrayList<>());
        Watch watch = Watch.DEFAULT;
        /** Those that wait, if builds are never finished. */
        final List<UnfinishedBuild> unfinished = Collections.synchronizedList(new ArrayList<>());

        final List<String> cancelled = Collections.synchronizedList(new ArrayList<>());
        boolean keepsUnfinished;
        boolean failsToBuild = true;
        boolean disabled;
        Optional<String> outOfReach = Optional.empty();
        Optional<BuildFailure> failure = Optional.empty();
        Optional<RuntimeException> fault = Optional.empty();
        private final String name;

        private Job(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Watch watch() {
            return watch;
        }

        @Override
        public boolean isDisabled() {
            return disabled;
        }

        @Override
        public Optional<String> whyOutOfReach() {
            return outOfReach;
        }

        @Override
        public boolean isBuiltAlready(Subject subject) {
            return builds.stream()
                    .map(Build::subject)
                    .anyMatch(built ->
                            built.key().equals(subject.key()) && built.commit().equals(subject.commit()));
        }

        @Override
        public void build(Build decision, Trigger trigger) throws BuildFailure {
            if (fault.isPresent()) {
                throw fault.get();
            }
            if (failure.isPresent() && failsToBuild) {
                throw failure.get();
            }
            builds.add(decision);
            triggers.add(trigger);
            if (keepsUnfinished) {
                Subject subject = decision.subject();
                unfinished.add(new UnfinishedBuild(subject.key(), subject.commit(), trigger.arrival(), false));
            }
        }

        @Override
        public List<Cancellable> unfinished(String subject, boolean running) {
            return unfinished.stream()
                    .filter(build -> build.subject().equals(subject))
                    .<Cancellable>map(Waiting::new)
                    .toList();
        }

        private final class Waiting implements Cancellable {

            private final UnfinishedBuild build;

            Waiting(UnfinishedBuild build) {
                this.build = build;
            }

            @Override
            public UnfinishedBuild build() {
                return build;
            }

            @Override
            public void cancel(String sentence) throws BuildFailure {
                if (failure.isPresent()) {
                    throw failure.get();
                }
                unfinished.remove(build);
                cancelled.add(sentence);
            }
        }
    }

    /** Answers what the test says, and remembers which branches it was asked about. */
    static final class Api implements ForgeApi {
        /** In the words of every forge. */
        private static final Set<String> EVERYTHING = Set.of(
                "push",
                "pull_request",
                "repo:refs_changed",
                "pr:opened",
                "pr:from_ref_updated",
                "pr:modified",
                "pr:merged",
                "pr:declined",
                "pr:deleted",
                "repo:push",
                "pullrequest:created",
                "pullrequest:updated",
                "pullrequest:fulfilled",
                "pullrequest:rejected");

        final List<String> asked = new ArrayList<>();
        List<PullRequest> open = List.of();
        List<PullRequest> closed = List.of();
        Optional<String> defaultBranch = Optional.empty();
        final Map<GitRef, CommitId> branches = new LinkedHashMap<>();
        final Map<GitRef, CommitId> tags = new LinkedHashMap<>();
        final Map<CommitId, CommitId> commits = new HashMap<>();
        final Map<CommitId, String> messages = new HashMap<>();
        List<Hook> hooks = List.of(new Hook("6", "", true, EVERYTHING));
        boolean hooksAreSecret;
        List<FailedDelivery> failed = List.of();
        final Set<String> writers = new HashSet<>();
        ChangedFiles files = ChangedFiles.unknown();
        boolean notPermitted;
        boolean messagesNotPermitted;
        boolean down;
        Optional<Instant> limitedUntil = Optional.empty();
        boolean isThere = true;

        @Override
        public Repositories repositories() {
            return new Repositories() {
                @Override
                public RepositoryFacts read(RepositoryName name) throws ForgeFailure {
                    throw new AssertionError("deciding knows the repository's id");
                }

                @Override
                public RepositoryFacts current(RepositoryId repository) throws ForgeFailure {
                    refuseWhenDown("default branch of " + repository);
                    if (!isThere) {
                        throw new ForgeFailure(Kind.NOT_FOUND, "Another one has its name now.");
                    }
                    return new RepositoryFacts(APP, defaultBranch, true, "git@github.com:acme/app.git");
                }

                @Override
                public List<RepositoryName> administered(int most) {
                    throw new AssertionError("deciding lists no repositories");
                }
            };
        }

        @Override
        public Refs refs() {
            return new Refs() {
                @Override
                public Map<GitRef, CommitId> branches(RepositoryId repository) throws ForgeFailure {
                    refuseWhenDown("branches of " + repository);
                    return branches;
                }

                @Override
                public Map<GitRef, CommitId> tags(RepositoryId repository) throws ForgeFailure {
                    refuseWhenDown("tags of " + repository);
                    return tags;
                }

                @Override
                public CommitId commit(RepositoryId repository, CommitId hash) throws ForgeFailure {
                    refuseWhenDown("commit " + hash);
                    return Optional.ofNullable(commits.get(hash))
                            .orElseThrow(() -> new ForgeFailure(Kind.NOT_FOUND, "No commit " + hash + "."));
                }

                @Override
                public String message(RepositoryId repository, CommitId hash) throws ForgeFailure {
                    refuseWhenDown("message of " + hash);
                    if (messagesNotPermitted) {
                        throw new ForgeFailure(Kind.NOT_PERMITTED, "The token may not read contents.");
                    }
                    return messages.getOrDefault(hash, "Add it");
                }
            };
        }

        @Override
        public PullRequests pullRequests() {
            return new PullRequests() {
                @Override
                public List<PullRequest> openFrom(RepositoryId repository, String branch) throws ForgeFailure {
                    refuseWhenDown("pull requests of " + repository + " from " + branch);
                    return open;
                }

                @Override
                public List<PullRequest> open(RepositoryId repository) throws ForgeFailure {
                    refuseWhenDown("pull requests of " + repository);
                    return open;
                }

                @Override
                public Optional<PullRequest> closed(RepositoryId repository, long number) throws ForgeFailure {
                    refuseWhenDown("pull request #" + number);
                    return closed.stream()
                            .filter(request -> request.number() == number)
                            .findFirst();
                }
            };
        }

        @Override
        public Changes changes() {
            return new Changes() {
                @Override
                public ChangedFiles between(RepositoryId repository, CommitId before, CommitId after)
                        throws ForgeFailure {
                    refuseWhenDown("files between " + before.shortHex() + " and " + after.shortHex());
                    return files;
                }

                @Override
                public ChangedFiles of(RepositoryId repository, PullRequest pullRequest) throws ForgeFailure {
                    refuseWhenDown("files of " + pullRequest.described());
                    return files;
                }
            };
        }

        @Override
        public People people() {
            return (repository, author) -> {
                refuseWhenDown("whether " + author.name() + " may write");
                if (notPermitted) {
                    throw new ForgeFailure(Kind.NOT_PERMITTED, "The token lacks the permission REPO_ADMIN.");
                }
                return writers.contains(author.name());
            };
        }

        @Override
        public UserKeys userKeys() {
            throw new AssertionError("deciding touches no keys");
        }

        private void refuseWhenDown(String question) throws ForgeFailure {
            asked.add(question);
            if (limitedUntil.isPresent()) {
                throw new ForgeFailure(Kind.RATE_LIMITED, "Too many requests.", limitedUntil);
            }
            if (down) {
                throw new ForgeFailure(Kind.UNREACHABLE, "Could not reach github.com.");
            }
        }

        @Override
        public DeployKeys deployKeys() {
            throw new AssertionError("deciding touches no keys");
        }

        @Override
        public Hooks hooks() {
            return new Hooks() {
                @Override
                public List<Hook> list(RepositoryId repository) throws ForgeFailure {
                    if (hooksAreSecret) {
                        throw new ForgeFailure(Kind.NOT_PERMITTED, "No permission to read hooks.");
                    }
                    return hooks;
                }

                @Override
                public List<FailedDelivery> failedSince(RepositoryId repository, String hookId, Instant moment) {
                    return failed.stream()
                            .filter(delivery -> delivery.at().isAfter(moment))
                            .toList();
                }

                @Override
                public Hook register(RepositoryId repository, URI url, Secret secret) {
                    throw new AssertionError("deciding changes no hooks");
                }

                @Override
                public Set<String> wantedEvents() {
                    throw new AssertionError("deciding doesn't look after hooks");
                }

                @Override
                public Optional<LastDelivery> lastDelivery(RepositoryId repository, Hook hook) {
                    throw new AssertionError("deciding doesn't look after hooks");
                }

                @Override
                public void changeSecret(RepositoryId repository, Hook hook, Secret secret) {
                    throw new AssertionError("deciding changes no hooks");
                }

                @Override
                public void remove(RepositoryId repository, String hookId) {
                    throw new AssertionError("deciding changes no hooks");
                }
            };
        }

        @Override
        public Statuses statuses() {
            throw new AssertionError("deciding posts no statuses");
        }
    }

    private static final class GitHub implements Forge {
        @Override
        public String host() {
            return "github.com";
        }

        @Override
        public String kind() {
            return "GitHub";
        }

        @Override
        public boolean owns(RemoteUrl remote) {
            return remote.host().equals(host());
        }

        @Override
        public Dialect dialect() {
            return new GitHubDialect(host());
        }

        @Override
        public ForgeApi api(Secret token) {
            throw new AssertionError("the API comes from the connection");
        }

        @Override
        public Optional<String> pullRequestRef(long number) {
            return Optional.of("refs/pull/" + number + "/head");
        }
    }
}
