package io.jenkins.plugins.bellhop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.CommitStatus;
import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.http.Request;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls every method of every port of one forge, over lists of more than one page, and where the forge refuses. */
final class Journey {

    /** One more than the largest page of any forge. */
    static final int MORE_THAN_A_PAGE = 101;

    private static final URI HOOK = URI.create("https://jenkins.example.com/bellhop/hook/");

    private final Party party;
    private final SandboxForge sandbox;
    private final Forge forge;
    private final ForgeApi api;
    private final SandboxRepository app;
    private final WatchedApi watched = new WatchedApi();
    private final List<Exchange> seen = new CopyOnWriteArrayList<>();

    private Journey(Party party, SandboxForge sandbox) throws ForgeFailure {
        this.party = party;
        this.sandbox = sandbox;
        forge = party.forge(sandbox, HttpClient.newHttpClient());
        api = watched.watch(forge.api(Secret.of(party.credential(sandbox))));
        app = sandbox.createRepository(Party.OWNER, Party.REPOSITORY, true);
    }

    /**
     * @param crowd how many of everything there are at its end
     * @return everything that Bellhop sent on its way, in order
     */
    static List<Exchange> of(Party party, Path directory, int crowd) throws Exception {
        try (SandboxForge sandbox = SandboxForge.start(directory, party.kind())) {
            Journey journey = new Journey(party, sandbox);
            sandbox.observe(journey::saw);
            journey.travel(crowd);
            return journey.seen;
        }
    }

    private void saw(Request request, Answer answer) {
        String below = request.path().substring(sandbox.apiUrl().getPath().length());
        seen.add(new Exchange(party.described(below), request, answer));
    }

    private void travel(int crowd) throws ForgeFailure {
        RepositoryId repository = id(app);
        content(repository);
        settings(repository);
        statuses(repository, app);
        userKeys();
        projectKeys();
        refusals(repository);
        rename(repository);
        crowd(id(app), crowd);
        oldServer();
        assertThat(watched.uncalled()).isEmpty();
    }

    private void content(RepositoryId repository) throws ForgeFailure {
        String commit = app.commit("feature", Map.of("a.txt", "a"), "Add a");
        app.tag("v1", commit);
        CommitId annotated = new CommitId(app.annotatedTag("v2", commit, "Second"));
        SandboxRepository fork = sandbox.fork(app, "guest");
        fork.commit("fix", Map.of("fix.txt", "x"), "Fix it");
        app.pulls().open(app, "feature", "main", "Feature", false);
        app.pulls().open(fork, "fix", "main", "Fix", false);

        api.repositories().current(repository);
        api.repositories().administered(1000);
        api.refs().branches(repository);
        api.refs().tags(repository);
        api.refs().commit(repository, new CommitId(commit.substring(0, 12)));
        api.refs().commit(repository, annotated);
        api.refs().message(repository, annotated);
        List<PullRequest> open = api.pullRequests().open(repository);
        api.pullRequests().openFrom(repository, "feature");
        api.changes().between(repository, new CommitId(app.head("main")), new CommitId(commit));
        for (PullRequest request : open) {
            if (!request.fork()) {
                api.changes().of(repository, request);
            }
            if (request.author().isPresent()) {
                api.people().mayWrite(repository, request.author().get());
            }
        }
    }

    private void settings(RepositoryId repository) throws ForgeFailure {
        String key = SshKeyPair.ed25519("").publicLine();
        String keyId = api.deployKeys().addReadOnly(repository, "Bellhop", key).id();
        api.deployKeys().addReadOnly(repository, "Bellhop", key);
        api.deployKeys().list(repository);
        api.deployKeys().remove(repository, keyId);
        api.deployKeys().remove(repository, keyId);

        Hook hook = api.hooks().register(repository, HOOK, Secret.random());
        api.hooks().list(repository);
        api.hooks().wantedEvents();
        api.hooks().failedSince(repository, hook.id(), Instant.EPOCH);
        api.hooks().lastDelivery(repository, hook);
        api.hooks().changeSecret(repository, hook, Secret.random());
        api.hooks().remove(repository, hook.id());
        api.hooks().remove(repository, hook.id());
    }

    private void statuses(RepositoryId repository, SandboxRepository of) throws ForgeFailure {
        CommitId commit = new CommitId(of.head("main"));
        for (State state : State.values()) {
            for (String context : List.of("Bellhop / app", "a context of more than forty characters, for one")) {
                CommitStatus status = new CommitStatus(state, context, "As it is", Optional.of(HOOK));
                api.statuses().post(repository, commit, status);
            }
        }
    }

    private void userKeys() throws ForgeFailure {
        String id = api.userKeys()
                .add("Bellhop", SshKeyPair.ed25519("").publicLine())
                .id();
        api.userKeys().owner();
        api.userKeys().list();
        api.userKeys().requireChanging();
        api.userKeys().remove(id);
        api.userKeys().remove(id);
    }

    private void projectKeys() throws ForgeFailure {
        String key = SshKeyPair.ed25519("").publicLine();
        if (party.project().isEmpty()) {
            refused(() -> api.projectKeys().list(Party.OWNER));
            refused(() -> api.projectKeys().addReadOnly(Party.OWNER, "Bellhop", key));
            refused(() -> api.projectKeys().remove(Party.OWNER, "1"));
            return;
        }
        String project = party.project().get();
        String id = api.projectKeys().addReadOnly(project, "Bellhop", key).id();
        api.projectKeys().addReadOnly(project, "Bellhop", key);
        api.projectKeys().list(project);
        api.projectKeys().remove(project, id);
        api.projectKeys().remove(project, id);
    }

    /** What is answered with an error is a request and an answer as well. */
    private void refusals(RepositoryId repository) throws ForgeFailure {
        ForgeApi stranger = forge.api(Secret.of(party.wrongCredential()));
        refused(() -> stranger.repositories().current(repository));
        refused(() -> api.repositories().read(new RepositoryName(Party.OWNER, "nothing")));
        refused(() -> api.refs().commit(repository, new CommitId("0123456789abcdef0123456789abcdef01234567")));
        refused(() -> api.deployKeys().addReadOnly(repository, "Bellhop", "ssh-ed25519 nonsense"));
        refused(() -> api.userKeys().add("Bellhop", "ssh-ed25519 nonsense"));
        SandboxRepository empty = sandbox.createEmptyRepository(Party.OWNER, "empty", false);
        api.repositories().read(RepositoryName.parse(empty.fullName()));
    }

    /** Whatever was listed is listed again, when there is more of it. */
    private void crowd(RepositoryId repository, int size) throws ForgeFailure {
        String tip = app.head("feature");
        Map<String, String> refs = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            refs.put("refs/heads/branch-" + i, tip);
            refs.put("refs/tags/tag-" + i, tip);
            sandbox.createOrganization("team-" + i);
            sandbox.addMember("team-" + i, Party.OWNER, Role.ADMIN);
            sandbox.createEmptyRepository(Party.OWNER, "repository-" + i, true);
            String title = "Key " + i;
            api.deployKeys()
                    .addReadOnly(repository, title, SshKeyPair.ed25519("").publicLine());
            api.userKeys().add(title, SshKeyPair.ed25519("").publicLine());
        }
        app.push(refs);
        for (int i = 0; i < size; i++) {
            app.pulls().open(app, "branch-" + i, "main", "Pull request " + i, false);
        }
        hooks(repository, size);

        api.repositories().administered(1000);
        api.refs().branches(repository);
        api.refs().tags(repository);
        api.pullRequests().open(repository);
        api.deployKeys().list(repository);
        api.hooks().list(repository);
        api.userKeys().list();
    }

    /** As many as the forge takes. */
    private void hooks(RepositoryId repository, int size) {
        try {
            for (int i = 0; i < size; i++) {
                api.hooks().register(repository, HOOK.resolve("number-" + i), Secret.random());
            }
        } catch (ForgeFailure full) {
            // GitHub takes 20 for one event, so that nobody ever saw a second page of them.
        }
    }

    /** The old name leads on where the forge leads on. */
    private void rename(RepositoryId repository) throws ForgeFailure {
        app.rename("renamed");
        api.repositories().current(repository);
        api.deployKeys()
                .addReadOnly(repository, "Bellhop", SshKeyPair.ed25519("").publicLine());
    }

    /** Servers that don't know a request of today get another. */
    private void oldServer() throws ForgeFailure {
        party.makeOld(sandbox);
        SandboxRepository old = sandbox.createRepository(Party.OWNER, "old", true);
        RepositoryId repository = id(old);
        api.hooks().register(repository, HOOK, Secret.random());
        statuses(repository, old);
    }

    private RepositoryId id(SandboxRepository repository) throws ForgeFailure {
        return api.repositories()
                .read(RepositoryName.parse(repository.fullName()))
                .id();
    }

    private static void refused(Call call) {
        try {
            call.run();
        } catch (ForgeFailure expected) {
            return;
        }
        throw new AssertionError("expected a refusal");
    }

    /** One call that a forge refuses. */
    private interface Call {
        void run() throws ForgeFailure;
    }
}
