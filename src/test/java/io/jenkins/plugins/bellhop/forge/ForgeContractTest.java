package io.jenkins.plugins.bellhop.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.bellhop.delivery.Delivery;
import io.jenkins.plugins.bellhop.delivery.Headers;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.delivery.Verifier;
import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.Event;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import io.jenkins.plugins.bellhop.support.LocalServer;
import io.jenkins.plugins.bellhop.support.LocalServer.Asked;
import io.jenkins.plugins.bellhop.support.LocalServer.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers may expect of every forge, whichever it is. A new one is a constant of {@link ContractForge}. */
@ParameterizedClass
@EnumSource
class ForgeContractTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private static final URI HOOK = URI.create("https://ci.example.com/bellhop/hook/x");
    private static final Secret SECRET = Secret.of("a secret of the contract");

    @Parameter
    private ContractForge kind;

    @TempDir
    private Path directory;

    private SandboxForge sandbox;
    private SandboxRepository app;
    private String credential;
    private Forge forge;
    private ForgeApi api;
    private RepositoryId id;

    @BeforeEach
    void start() throws Exception {
        sandbox = SandboxForge.start(directory.resolve("forge"), kind.kind());
        kind.settle(sandbox);
        app = sandbox.createRepository(kind.owner(), "app", true);
        credential = kind.administrator(sandbox);
        forge = kind.at(sandbox, HTTP, Clock.fixed(NOW, ZoneOffset.UTC));
        api = forge.api(Secret.of(credential));
        id = api.repositories().read(name("app")).id();
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    private RepositoryName name(String repository) {
        return new RepositoryName(kind.owner(), repository);
    }

    // Repositories

    @Test
    void readsARepository() throws ForgeFailure {
        RepositoryFacts facts = api.repositories().read(name("app"));

        assertThat(facts.id().host()).isEqualTo(forge.host());
        assertThat(facts.id().name()).isEqualTo(name("app"));
        assertThat(facts.defaultBranch()).contains("main");
        assertThat(facts.isPrivate()).isTrue();
        assertThat(facts.sshUrl()).isEqualTo(sandbox.sshUrl(app));
    }

    @Test
    void knowsItsRemotesAndWhatTheyName() {
        RemoteUrl remote = RemoteUrl.parse(sandbox.sshUrl(app));

        assertThat(forge.owns(remote)).isTrue();
        assertThat(forge.nameOf(remote).isSameAs(name("app"))).isTrue();
        assertThat(forge.owns(RemoteUrl.parse("git@elsewhere.example:acme/app.git")))
                .isFalse();
    }

    @Test
    void readsARepositoryWithoutACommit() throws ForgeFailure {
        sandbox.createEmptyRepository(kind.owner(), "empty", false);
        RepositoryFacts facts = api.repositories().read(name("empty"));

        assertThat(facts.isPrivate()).isFalse();
        assertThat(api.refs().branches(facts.id())).isEmpty();
        assertThat(api.pullRequests().open(facts.id())).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(failure(() -> api.repositories().read(name("nothing"))).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void listsTheRepositoriesThatItsUserAdministers() throws ForgeFailure {
        sandbox.createRepository(kind.owner(), "lib", true);
        sandbox.createRepository(kind.stranger(), "theirs", true);
        sandbox.createRepository(kind.stranger(), "public", false);

        assertThat(api.repositories().administered(100)).containsExactlyInAnyOrder(name("app"), name("lib"));
        assertThat(api.repositories().administered(1)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aRenamedRepositoryIsFoundByTheIdItAlwaysHad() throws ForgeFailure {
        app.rename("renamed");
        RepositoryFacts today = api.repositories().current(id);

        assertThat(today.id()).isEqualTo(id);
        assertThat(today.id().name()).isEqualTo(name("renamed"));
        assertThat(api.hooks().list(id)).isEmpty();
        assertThat(api.deployKeys().list(id)).isEmpty();
        assertThat(api.refs().branches(id)).hasSize(1);
        assertThat(api.pullRequests().open(id)).isEmpty();
    }

    @Test
    void anotherRepositoryThatTookTheNameIsNeverMistakenForIt() {
        app.rename("renamed");
        sandbox.createRepository(kind.owner(), "app", true);
        try {
            assertThat(api.repositories().current(id).id().name()).isEqualTo(name("renamed"));
        } catch (ForgeFailure failure) {
            assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(failure).hasMessageContaining("another one has its name now");
        }
    }

    @Test
    void aDeletedRepositoryIsNotFoundAlsoWhenAnotherTakesItsName() {
        app.delete();
        assertThat(failure(() -> api.repositories().current(id)).kind()).isEqualTo(Kind.NOT_FOUND);

        sandbox.createRepository(kind.owner(), "app", true);
        assertThat(failure(() -> api.repositories().current(id)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    // Branches, tags and commits

    @Test
    void listsBranchesAndTagsWithTheirCommits() throws ForgeFailure {
        String fix = app.commit("fix/it", Map.of("a.txt", "a"), "Fix it");
        app.tag("light", app.head("main"));
        String object = app.annotatedTag("heavy", fix, "Heavy");

        assertThat(api.refs().branches(id))
                .containsOnly(
                        Map.entry(GitRef.branch("main"), new CommitId(app.head("main"))),
                        Map.entry(GitRef.branch("fix/it"), new CommitId(fix)));
        assertThat(api.refs().tags(id))
                .containsOnly(
                        Map.entry(GitRef.tag("light"), new CommitId(app.head("main"))),
                        Map.entry(GitRef.tag("heavy"), new CommitId(fix)));
        assertThat(api.refs().commit(id, new CommitId(object))).isEqualTo(new CommitId(fix));
    }

    @Test
    void expandsAShortHash() throws ForgeFailure {
        CommitId head = new CommitId(app.head("main"));

        assertThat(api.refs().commit(id, new CommitId(head.hex().substring(0, 12))))
                .isEqualTo(head);
        assertThat(api.refs().commit(id, head)).isEqualTo(head);
        assertThat(api.refs().message(id, head)).isNotBlank();
        assertThat(failure(() -> api.refs().commit(id, new CommitId("123456789abc")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void readsAListToItsLastPage() throws ForgeFailure {
        Map<String, String> branches = new TreeMap<>();
        for (int i = 0; i < 205; i++) {
            branches.put("refs/heads/b" + i, app.head("main"));
        }
        app.push(branches);
        sandbox.forgetRequests();

        assertThat(api.refs().branches(id)).hasSize(206);
        assertThat(sandbox.requests()).hasSize(3);
    }

    // Deploy keys

    @Test
    void addsAndRemovesADeployKeyThatMayOnlyRead() throws ForgeFailure {
        String line = line();
        DeployKey added = api.deployKeys().addReadOnly(id, "Bellhop", line + " a comment");

        assertThat(added.isKeyOf(line)).isTrue();
        assertThat(added.readOnly()).isTrue();
        assertThat(added.enabled()).isTrue();
        assertThat(added.title()).isEqualTo("Bellhop");
        assertThat(app.deployKeys()).singleElement().matches(key -> key.readOnly(), "may only read");
        assertThat(api.deployKeys().list(id)).singleElement().isEqualTo(added);

        api.deployKeys().remove(id, added.id());
        assertThat(app.deployKeys()).isEmpty();
        assertThat(api.deployKeys().list(id)).isEmpty();
        api.deployKeys().addReadOnly(id, "Bellhop", line());
        assertThat(app.deployKeys()).hasSize(1);
    }

    @Test
    void aKeyThatIsThereAlreadyIsAnsweredAndNotAddedTwice() throws ForgeFailure {
        String line = line();
        DeployKey first = api.deployKeys().addReadOnly(id, "Bellhop", line);

        assertThat(api.deployKeys().addReadOnly(id, "Bellhop again", line)).isEqualTo(first);
        assertThat(app.deployKeys()).hasSize(1);
    }

    @Test
    void oneKeyOpensAllOfAProjectWhereProjectsHaveKeys() throws ForgeFailure {
        String line = line();
        if (kind.project().isEmpty()) {
            assertThat(List.of(
                            failure(() -> api.projectKeys().list("acme")),
                            failure(() -> api.projectKeys().addReadOnly("acme", "Bellhop", line)),
                            failure(() -> api.projectKeys().remove("acme", "1"))))
                    .allSatisfy(failure -> assertThat(failure).hasMessageContaining("no keys of projects"));
            return;
        }
        String project = kind.project().get();
        DeployKey added = api.projectKeys().addReadOnly(project, "Bellhop", line);

        assertThat(added.isKeyOf(line)).isTrue();
        assertThat(added.readOnly()).isTrue();
        assertThat(added.title()).isEqualTo("Bellhop");
        assertThat(api.projectKeys().addReadOnly(project, "Bellhop again", line))
                .isEqualTo(added);
        assertThat(api.projectKeys().list(project)).containsExactly(added);
        assertThat(api.deployKeys().list(id)).as("the repository's own").isEmpty();
        for (int twice = 0; twice < 2; twice++) {
            api.projectKeys().remove(project, added.id());
        }
        assertThat(api.projectKeys().list(project)).isEmpty();
        assertThat(failure(() -> api.projectKeys().list(project.replaceAll("\\w+$", "NONE")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aKeyThatAPersonHasIsInUse() throws ForgeFailure {
        String line = line();
        api.userKeys().add("Machine", line);

        assertThat(failure(() -> api.deployKeys().addReadOnly(id, "Bellhop", line))
                        .kind())
                .isEqualTo(Kind.KEY_IN_USE);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThat(failure(() -> api.deployKeys().addReadOnly(id, "Bellhop", "ssh-ed25519 bm9uc2Vuc2U="))
                        .kind())
                .isEqualTo(Kind.KEY_REFUSED);
    }

    @Test
    void userKeysComeAndGo() throws ForgeFailure {
        String line = line();
        UserKey added = api.userKeys().add("Machine", line);

        assertThat(added.isKeyOf(line)).isTrue();
        assertThat(added.title()).isEqualTo("Machine");
        assertThat(api.userKeys().list()).singleElement().isEqualTo(added);
        api.userKeys().remove(added.id());
        api.userKeys().remove(added.id());
        assertThat(api.userKeys().list()).isEmpty();
    }

    // Hooks and deliveries

    @Test
    void registersAndRemovesAHook() throws ForgeFailure {
        Hook hook = api.hooks().register(id, HOOK, SECRET);

        assertThat(hook.url()).isEqualTo(HOOK.toString());
        assertThat(hook.active()).isTrue();
        assertThat(forge.dialect().sentBy(hook.events())).isEqualTo(HookEvents.ALL);
        assertThat(forge.dialect().sentBy(Set.of())).isEqualTo(HookEvents.NONE);
        assertThat(api.hooks().list(id)).singleElement().isEqualTo(hook);
        api.hooks().remove(id, hook.id());
        assertThat(app.hooks()).isEmpty();
    }

    @Test
    void changesTheSecretOfAHookAndNothingElse() throws Exception {
        try (LocalServer jenkins = LocalServer.answering(asked -> Reply.of(202, ""))) {
            Hook hook = api.hooks().register(id, URI.create(jenkins.uri() + "/hook"), Secret.of("the former secret"));
            api.hooks().changeSecret(id, hook, SECRET);
            sandbox.awaitDeliveries();
            int before = jenkins.asked().size();
            app.commit("fix", Map.of("a.txt", "a"), "Fix it");
            sandbox.awaitDeliveries();

            assertThat(api.hooks().list(id)).singleElement().isEqualTo(hook);
            assertThat(eventsIn(jenkins.asked().subList(before, jenkins.asked().size())))
                    .isNotEmpty();
        }
    }

    @Test
    void tellsWhatIsToBeKnownOfAHook() throws Exception {
        try (LocalServer jenkins = LocalServer.answering(asked -> Reply.of(404, ""))) {
            Hook hook = api.hooks().register(id, URI.create(jenkins.uri() + "/hook"), SECRET);
            app.commit("fix", Map.of("a.txt", "a"), "Fix it");
            sandbox.awaitDeliveries();

            assertThat(hook.hasSecret().orElse(true)).isTrue();
            assertThat(hook.events()).containsAll(api.hooks().wantedEvents());
            assertThat(api.hooks().wantedEvents()).isNotEmpty();
            api.hooks().lastDelivery(id, hook).ifPresent(last -> {
                assertThat(last.accepted()).isFalse();
                assertThat(last.outcome()).contains("404");
                assertThat(last.at()).isAfter(Instant.EPOCH);
            });
        }
    }

    @Test
    void tellsWhoseTheCredentialIs() throws ForgeFailure {
        assertThat(api.userKeys().owner()).isIn(kind.owner(), "admin");
    }

    @Test
    void aHookThatSomebodySwitchedOffStaysOffWhenItsSecretChanges() throws ForgeFailure {
        Hook hook = api.hooks().register(id, HOOK, Secret.of("the former secret"));
        app.settings()
                .changeHook(
                        app.hooks().get(0).id(), app.hooks().get(0).settings().active(false));
        Hook off = api.hooks().list(id).get(0);
        api.hooks().changeSecret(id, off, SECRET);

        assertThat(off).isNotEqualTo(hook);
        assertThat(api.hooks().list(id)).singleElement().isEqualTo(off);
        assertThat(app.hooks().get(0).settings().secret()).contains(SECRET.reveal());
    }

    @Test
    void whatIsGoneCountsAsRemoved() throws ForgeFailure {
        DeployKey key = api.deployKeys().addReadOnly(id, "Bellhop", line());
        Hook hook = api.hooks().register(id, HOOK, SECRET);
        for (int twice = 0; twice < 2; twice++) {
            api.deployKeys().remove(id, key.id());
            api.hooks().remove(id, hook.id());
        }
        assertThat(app.deployKeys()).isEmpty();
        assertThat(app.hooks()).isEmpty();

        app.delete();
        api.deployKeys().remove(id, key.id());
        api.hooks().remove(id, hook.id());
    }

    @Test
    void whatItsHookDeliversIsVerifiedAndReadByItsDialect() throws Exception {
        try (LocalServer jenkins = LocalServer.answering(asked -> Reply.of(202, ""))) {
            api.hooks().register(id, URI.create(jenkins.uri() + "/hook"), SECRET);
            String pushed = app.commit("fix", Map.of("a.txt", "a"), "Fix it");
            app.tag("v1", pushed);
            int number = app.pulls().open(app, "fix", "main", "Fix it", false);
            app.createBranch("gone", pushed);
            app.deleteBranch("gone");
            sandbox.awaitDeliveries();
            List<Event> events = eventsIn(jenkins.asked());

            assertThat(events)
                    .extracting(Event::repository)
                    .containsOnly(id)
                    .extracting(RepositoryId::name)
                    .containsOnly(name("app"));
            assertThat(events)
                    .extracting(Event::described)
                    .containsExactly(
                            "push of " + pushed.substring(0, 7) + " to branch fix",
                            "push of tag v1",
                            "pull request #" + number + " opened",
                            "push of " + pushed.substring(0, 7) + " to branch gone",
                            "branch gone deleted");
            PullRequest request = ((Event.PullRequestChanged) events.get(2)).pullRequest();
            assertThat(request.fork()).isFalse();
            assertThat(request.head().isSameAs(new CommitId(pushed))).isTrue();
        }
    }

    @Test
    void whereTheForgeKeepsAListOfFailedDeliveriesItTellsThoseThatNeverArrived() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        try (LocalServer jenkins = LocalServer.answering(asked -> Reply.of(down.get() ? 502 : 202, ""))) {
            Hook hook = api.hooks().register(id, URI.create(jenkins.uri() + "/hook"), SECRET);
            app.commit("fix", Map.of("a.txt", "a"), "Fix it");
            sandbox.awaitDeliveries();
            down.set(false);
            app.commit("fix", Map.of("b.txt", "b"), "Fix it again");
            sandbox.awaitDeliveries();

            List<FailedDelivery> failed = api.hooks().failedSince(id, hook.id(), Instant.EPOCH);
            if (!failed.isEmpty()) {
                assertThat(failed)
                        .filteredOn(delivery -> delivery.event().equals("push"))
                        .singleElement()
                        .extracting(FailedDelivery::outcome)
                        .isEqualTo("status 502");
            }
            assertThat(failed.isEmpty()).isEqualTo(!forge.kind().startsWith("GitHub"));
            assertThat(api.hooks().failedSince(id, hook.id(), Instant.now().plusSeconds(60)))
                    .isEmpty();
        }
    }

    private List<Event> eventsIn(List<Asked> deliveries) throws Exception {
        List<Event> events = new ArrayList<>();
        for (Asked asked : deliveries) {
            Map<String, List<String>> headers = new TreeMap<>();
            asked.headers().forEach((header, value) -> headers.put(header, List.of(value)));
            byte[] body = asked.body().getBytes(StandardCharsets.UTF_8);
            Reading reading = forge.dialect()
                    .read(new Verifier(forge.dialect().signatures())
                            .verify(new Delivery("hook", Headers.of(headers), body), List.of(SECRET))
                            .match(verified -> verified, refusal -> {
                                throw new AssertionError(refusal.sentence());
                            }));
            if (reading instanceof Reading.Happened happened) {
                events.addAll(happened.events());
            }
        }
        return events;
    }

    // Changed files, and people

    @Test
    void listsTheFilesBetweenTwoCommits() throws ForgeFailure {
        String first = app.commit("fix", Map.of("docs/a.md", "a", "src/b.txt", "b"), "First");
        String second = app.commit("fix", Map.of("src/b.txt", "c", "ü 1.txt", "d"), "Second");

        assertThat(api.changes().between(id, new CommitId(first), new CommitId(second)))
                .isEqualTo(ChangedFiles.all(List.of("src/b.txt", "ü 1.txt")));
        assertThat(api.changes().between(id, new CommitId(app.head("main")), new CommitId(second)))
                .isEqualTo(ChangedFiles.all(List.of("docs/a.md", "src/b.txt", "ü 1.txt")));
    }

    /** A forge may not be able to tell; but it must not leave out what was taken back. */
    @Test
    void aForcedPushIsNeverSaidToChangeLessThanItDoes() throws ForgeFailure {
        String first = app.commit("fix", Map.of("src/b.txt", "b"), "First");

        ChangedFiles files = api.changes().between(id, new CommitId(first), new CommitId(app.head("main")));
        assertThat(files.whole() && !files.paths().contains("src/b.txt")).isFalse();
    }

    @Test
    void nobodyKnowsWhatChangedSinceACommitThatIsGone() throws ForgeFailure {
        CommitId gone = new CommitId("123456789abcdef0123456789abcdef012345678");

        assertThat(api.changes().between(id, gone, new CommitId(app.head("main"))))
                .isEqualTo(ChangedFiles.unknown());
    }

    @Test
    void listsTheFilesOfAPullRequestHoweverFarItsTargetHasGone() throws ForgeFailure {
        app.commit("fix", Map.of("src/b.txt", "b"), "First");
        app.commit("fix", Map.of("src/c.txt", "c"), "Second");
        int number = app.pulls().open(app, "fix", "main", "Fix it", false);
        app.commit("main", Map.of("docs/a.md", "a"), "Meanwhile");
        PullRequest request = api.pullRequests().open(id).get(0);

        assertThat(request.number()).isEqualTo(number);
        assertThat(api.changes().of(id, request)).isEqualTo(ChangedFiles.all(List.of("src/b.txt", "src/c.txt")));
    }

    @Test
    void ofMoreFilesThanAreKeptNothingIsKnown() throws ForgeFailure {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i <= ChangedFiles.MOST; i++) {
            files.put("f" + i, "x");
        }
        app.commit("fix", files, "Many");
        app.pulls().open(app, "fix", "main", "Many", false);
        PullRequest request = api.pullRequests().open(id).get(0);

        assertThat(api.changes().of(id, request)).isEqualTo(ChangedFiles.unknown());
        assertThat(api.changes().between(id, new CommitId(app.head("main")), request.head()))
                .isEqualTo(ChangedFiles.unknown());
    }

    @Test
    void knowsWhoMayWrite() throws ForgeFailure {
        SandboxRepository fork = sandbox.fork(app, kind.stranger());
        fork.commit("fix", Map.of("c.txt", "c"), "Fix it");
        app.pulls().open(fork, "fix", "main", "Theirs", false);
        Author author = api.pullRequests().open(id).get(0).author().orElseThrow();
        assertThat(api.people().mayWrite(id, author)).isFalse();

        String login = fork.owner().replace("~", "");
        app.grant(login, Role.READ);
        assertThat(api.people().mayWrite(id, author)).isFalse();
        app.grant(login, Role.WRITE);
        assertThat(api.people().mayWrite(id, author)).isTrue();
        app.grant(login, Role.ADMIN);
        assertThat(api.people().mayWrite(id, author)).isTrue();
    }

    // Pull requests

    @Test
    void listsOpenPullRequestsAndTellsForksApart() throws ForgeFailure {
        app.commit("fix", Map.of("a.txt", "a"), "Fix it");
        app.commit("other", Map.of("b.txt", "b"), "Another");
        int own = app.pulls().open(app, "fix", "main", "Ours", true);
        SandboxRepository fork = sandbox.fork(app, kind.stranger());
        fork.commit("fix", Map.of("c.txt", "c"), "Fix it differently");
        int theirs = app.pulls().open(fork, "fix", "main", "Theirs", false);
        int closed = app.pulls().open(app, "other", "main", "Another", false);
        app.pulls().close(closed, false);

        assertThat(api.pullRequests().openFrom(id, "fix"))
                .extracting(PullRequest::number)
                .containsExactly((long) own);
        assertThat(api.pullRequests().openFrom(id, "other")).isEmpty();
        assertThat(api.pullRequests().openFrom(id, "no\"such&branch")).isEmpty();
        List<PullRequest> open = api.pullRequests().open(id);
        assertThat(open).extracting(PullRequest::number).containsExactlyInAnyOrder((long) own, (long) theirs);
        for (PullRequest request : open) {
            boolean isOwn = request.number() == own;
            assertThat(request.fork()).isNotEqualTo(isOwn);
            assertThat(request.draft()).isEqualTo(isOwn);
            assertThat(request.headBranch()).isEqualTo("fix");
            assertThat(request.target()).isEqualTo("main");
            assertThat(request.head().isSameAs(new CommitId((isOwn ? app : fork).head("fix"))))
                    .isTrue();
        }
    }

    @Test
    void showsAPullRequestThatWasClosed() throws ForgeFailure {
        String head = app.commit("fix", Map.of("a.txt", "a"), "Fix it");
        int number = app.pulls().open(app, "fix", "main", "Ours", false);
        assertThat(api.pullRequests().closed(id, number)).isEmpty();

        app.pulls().close(number, false);

        PullRequest request = api.pullRequests().closed(id, number).orElseThrow();
        assertThat(request.number()).isEqualTo(number);
        assertThat(request.headBranch()).isEqualTo("fix");
        assertThat(request.fork()).isFalse();
        assertThat(request.head().isSameAs(new CommitId(head))).isTrue();
        assertThat(api.pullRequests().closed(id, number + 100L)).isEmpty();
    }

    @Test
    void showsAPullRequestThatWasMerged() throws ForgeFailure {
        app.commit("fix", Map.of("a.txt", "a"), "Fix it");
        int number = app.pulls().open(app, "fix", "main", "Ours", false);

        app.pulls().close(number, true);

        assertThat(api.pullRequests().closed(id, number))
                .map(PullRequest::headBranch)
                .contains("fix");
    }

    @Test
    void aForksHeadIsUnderTheRefThatItNamesIfAny() {
        SandboxRepository fork = sandbox.fork(app, kind.stranger());
        String head = fork.commit("fix", Map.of("c.txt", "c"), "Fix it");
        int number = app.pulls().open(fork, "fix", "main", "Theirs", false);

        forge.pullRequestRef(number).ifPresent(ref -> assertThat(app.sha(ref)).isEqualTo(head));
    }

    @Test
    void aMergeResultsSecondParentIsTheHead() {
        String head = app.commit("fix", Map.of("c.txt", "c"), "Fix it");
        app.commit("main", Map.of("d.txt", "d"), "Meanwhile");
        int number = app.pulls().open(app, "fix", "main", "Ours", false);

        forge.mergeRef(number)
                .ifPresent(ref ->
                        assertThat(app.git().resolve(app.sha(ref) + "^2")).contains(head));
    }

    // Statuses

    @ParameterizedTest
    @EnumSource
    void showsAStatusBesideACommit(State state) throws ForgeFailure {
        CommitId commit = new CommitId(app.head("main"));
        post(commit, state, "jenkins/app", "Built.");

        assertThat(app.statuses(commit.hex())).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(kind.word(state));
            assertThat(status.context()).isEqualTo("jenkins/app");
            assertThat(status.description()).isEqualTo("Built.");
        });
    }

    @Test
    void aLaterStatusOfTheSameContextIsTheLaterOneHoweverLongItIs() throws ForgeFailure {
        CommitId commit = new CommitId(app.head("main"));
        String context = "jenkins/" + "folder/".repeat(20) + "app";
        post(commit, State.PENDING, context, "Building.");
        post(commit, State.FAILURE, context, "👋 ".repeat(1_000));

        List<Status> shown = app.statuses(commit.hex());
        assertThat(shown.stream().map(Status::context).distinct()).hasSize(1);
        assertThat(shown.get(shown.size() - 1).state()).isEqualTo(kind.word(State.FAILURE));
    }

    private void post(CommitId commit, State state, String context, String description) throws ForgeFailure {
        URI link = URI.create("https://ci.example.com/job/app/1/");
        api.statuses().post(id, commit, new CommitStatus(state, context, description, Optional.of(link)));
    }

    // What goes wrong

    @Test
    void aCredentialForAnotherForgeIsNamedBeforeAnyCall() {
        sandbox.forgetRequests();
        ForgeFailure failure = failure(() -> forge.api(Secret.of(kind.foreign())));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_AUTHENTICATED);
        assertThat(failure)
                .hasMessageContaining(kind.foreignWords())
                .hasMessageContaining(forge.host())
                .hasMessageNotContaining(kind.foreign());
        assertThat(sandbox.requests()).isEmpty();
    }

    @Test
    void aRevokedTokenIsNoAuthentication() {
        sandbox.revokeToken(credential.substring(credential.indexOf(':') + 1));

        assertThat(failure(() -> api.hooks().list(id)).kind()).isEqualTo(Kind.NOT_AUTHENTICATED);
        assertThat(failure(() -> api.repositories().read(name("app"))).kind()).isEqualTo(Kind.NOT_AUTHENTICATED);
    }

    @Test
    void aMissingPermissionIsNamed() throws ForgeFailure {
        ForgeApi reader = forge.api(Secret.of(kind.reader(sandbox)));

        assertThat(reader.repositories().read(name("app")).id()).isEqualTo(id);
        ForgeFailure failure = failure(() -> reader.deployKeys().addReadOnly(id, "Bellhop", line()));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_PERMITTED);
        assertThat(failure).hasMessageContaining(kind.lacking());
        assertThat(failure(() -> reader.hooks().register(id, HOOK, SECRET)).kind())
                .isEqualTo(Kind.NOT_PERMITTED);
        assertThat(app.hooks()).isEmpty();
    }

    @Test
    void aLimitedRateSaysWhenToAskAgain() {
        sandbox.limitNext("GET", ".*hooks", Duration.ofSeconds(7));
        ForgeFailure failure = failure(() -> api.hooks().list(id));

        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.retryAt()).contains(NOW.plusSeconds(7));
        assertThat(failure.mayPass()).isTrue();
    }

    @Test
    void aForgeThatIsDownMayBeAskedAgainLater() throws Exception {
        sandbox.goDown();
        ForgeFailure down = failure(() -> api.repositories().read(name("app")));
        assertThat(down.kind()).isEqualTo(Kind.FORGE_ERROR);
        assertThat(down.mayPass()).isTrue();

        sandbox.comeBack();
        assertThat(api.repositories().read(name("app")).id()).isEqualTo(id);

        Forge nobody;
        try (SandboxForge closed = SandboxForge.start(directory.resolve("closed"), kind.kind())) {
            nobody = kind.at(closed, HTTP, Clock.systemUTC());
        }
        ForgeFailure unreachable =
                failure(() -> nobody.api(Secret.of(credential)).repositories().read(name("app")));
        assertThat(unreachable.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(unreachable.mayPass()).isTrue();
    }

    @Test
    void noFailureRepeatsACredentialOrASecret() {
        sandbox.goDown();
        String token = credential.substring(credential.indexOf(':') + 1);

        assertThat(List.of(
                        failure(() -> api.hooks().register(id, HOOK, SECRET)),
                        failure(() -> api.userKeys().list()),
                        failure(() -> api.repositories().current(id))))
                .allSatisfy(failure -> assertThat(failure.getMessage())
                        .isNotBlank()
                        .doesNotContain(token)
                        .doesNotContain(SECRET.reveal()));
    }

    /** A key that nobody has yet. */
    private static String line() {
        return SshKeyPair.ed25519("").publicKey().line();
    }

    private static ForgeFailure failure(Call call) {
        ForgeFailure failure = catchThrowableOfType(ForgeFailure.class, call::made);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    private interface Call {
        void made() throws ForgeFailure;
    }
}
