package io.jenkins.plugins.bellhop.bench;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.Decision.Build;
import io.jenkins.plugins.bellhop.decide.RefFilter;
import io.jenkins.plugins.bellhop.decide.Subject;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.flow.Repositories;
import io.jenkins.plugins.bellhop.flow.Source;
import io.jenkins.plugins.bellhop.flow.Sources;
import io.jenkins.plugins.bellhop.flow.Trigger;
import io.jenkins.plugins.bellhop.flow.Watches;
import io.jenkins.plugins.bellhop.flow.WatchingJob;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** So many connections to GitHub, each with one job that watches it, found by the keys by which Jenkins' side finds them. */
final class Landscape implements Sources, Watches, Repositories {

    private final Map<String, Source> byHook = new HashMap<>();
    private final Map<String, List<WatchingJob>> byConnection = new HashMap<>();

    Landscape(int connections) {
        Forge forge = GitHubForge.cloud(HttpClient.newHttpClient(), Clock.systemUTC());
        OpenSshPublicKey key = SshKeyPair.ed25519("benchmark").publicKey();
        for (int number = 0; number < connections; number++) {
            String id = "connection-" + number;
            Connection connection = new Connection(
                    id,
                    new RepositoryId(
                            forge.host(), Long.toString(repository(number)), new RepositoryName("acme", "app")),
                    "git@github.com:acme/app.git",
                    Optional.of("main"),
                    key,
                    Optional.of("1"),
                    Optional.of("2"));
            byHook.put(hook(number), new Source(connection, forge, List.of(Sender.SECRET)));
            byConnection.put(id, List.of(new Job("folder/job-" + number)));
        }
    }

    static String hook(int number) {
        return "hook-" + number;
    }

    static long repository(int number) {
        return 1_000L + number;
    }

    @Override
    public Optional<Source> find(String hookPath) {
        return Optional.ofNullable(byHook.get(hookPath));
    }

    @Override
    public List<WatchingJob> of(String connectionId) {
        return byConnection.getOrDefault(connectionId, List.of());
    }

    @Override
    public ForgeApi api(Connection connection) {
        throw new IllegalStateException("these pushes tell all that deciding needs");
    }

    @Override
    public void renamed(Connection connection, RepositoryId today) {
        throw new IllegalStateException("nothing is renamed here");
    }

    private static final class Job implements WatchingJob {

        private final String name;
        private final Watch watch = Watch.DEFAULT.withBranches(new RefFilter("main release/**"));
        private Optional<Subject> newest = Optional.empty();

        Job(String name) {
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
        public boolean isBuiltAlready(Subject subject) {
            return newest.filter(built -> built.commit().equals(subject.commit()))
                    .isPresent();
        }

        @Override
        public void build(Build decision, Trigger trigger) {
            newest = Optional.of(decision.subject());
        }
    }
}
