package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.connect.Connection;
import io.jenkins.plugins.bellhop.decide.RefFilter;
import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.flow.Entry;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.git.GitAccess;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.SentDelivery;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import io.jenkins.plugins.bellhop.sandbox.story.SandboxJob.Built;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The main job, step by step: what happens at the forge, what Bellhop decides, what the agent builds. */
final class Story {

    private final Stage stage;
    private final SandboxForge forge;
    private final SandboxRepository app;
    private final Controller controller;
    private final Timeline timeline;
    private Connection connection;

    Story(Stage stage, SandboxForge forge, SandboxRepository app, Controller controller, Timeline timeline) {
        this.stage = stage;
        this.forge = forge;
        this.app = app;
        this.controller = controller;
        this.timeline = timeline;
    }

    void tell() {
        timeline.heading("Connect " + app.fullName());
        timeline.step("connect: a read-only deploy key and a webhook appear at the forge", this::connect);
        timeline.step("connect once more: nothing changes", this::connectAgain);
        timeline.heading("Pushes");
        timeline.step("push to the default branch", notes -> built(notes, () -> commit("main", "Say hello")));
        timeline.step("push to another branch", notes -> built(notes, () -> commit("topic", "Try something")));
        timeline.step("the same delivery once more: not built again", this::redeliver);
        timeline.step(
                "push that says [ci skip]", notes -> skipped(notes, () -> commit("topic", "Mend a typo [ci skip]")));
        timeline.heading("\"Only build pull requests\" is switched on");
        controller.setWatch(Watch.DEFAULT.withOnlyPullRequests(true));
        timeline.step(
                "push to a branch without a pull request", notes -> skipped(notes, () -> commit("idea", "An idea")));
        timeline.step("pull request opened: what was pushed before is built", this::openPullRequest);
        timeline.step("push to its branch: one build, not two", notes -> built(notes, () -> commit("idea", "Better")));
        timeline.step(
                "push to the default branch still builds", notes -> built(notes, () -> commit("main", "Release")));
        timeline.heading("A pull request from a fork");
        new ForkChapter(stage, forge, app, controller, this).tell(timeline);
        timeline.heading("Tags");
        controller.setWatch(Watch.DEFAULT.withTags(new RefFilter("v*")));
        timeline.step("tag that the filter v* selects", notes -> built(notes, () -> app.tag("v1.0", app.head("main"))));
        timeline.step("tag that it leaves out", notes -> skipped(notes, () -> app.tag("nightly", app.head("main"))));
        timeline.heading("Webhooks that got lost");
        timeline.step("a push, a tag and a pull request of which no webhook told are found", this::caughtUp);
        timeline.step("catching up once more finds nothing", this::caughtUpAlready);
        timeline.heading("Strangers");
        new StrangerChapter(controller, this).tell(timeline);
        timeline.heading("Disconnect");
        timeline.step("disconnect: key and webhook are gone from the forge", this::disconnect);
    }

    Connection connection() {
        return connection;
    }

    String commit(String branch, String message) {
        return app.commit(branch, Map.of("notes/" + branch + ".txt", message + "\n"), message);
    }

    private void connect(Notes notes) throws Exception {
        forge.forgetRequests();
        connection = controller.connect(app.fullName());
        forge.awaitDeliveries();
        controller.awaitQuiet();
        notes.say("deploy key " + connection.fingerprint() + ", webhook "
                + connection.hookId().orElseThrow() + ", " + forge.requests().size() + " calls to the forge's API");
        notes.expect("deploy keys", 1, app.deployKeys().size());
        notes.expect("read-only", true, app.deployKeys().get(0).readOnly());
        notes.expect("webhooks", 1, app.hooks().size());
        notes.expect(
                "the forge's ping was accepted", true, app.deliveries().stream().allMatch(SentDelivery::accepted));
        notes.expect("at most 7 calls", true, forge.requests().size() <= 7);
    }

    private void connectAgain(Notes notes) throws Exception {
        notes.expect("connection", connection, controller.connect(app.fullName()));
        notes.expect("deploy keys", 1, app.deployKeys().size());
        notes.expect("webhooks", 1, app.hooks().size());
    }

    private void redeliver(Notes notes) {
        SentDelivery last = app.deliveries().stream()
                .filter(sent -> sent.event().equals(stage.pushEvent()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        int before = controller.job().builds().size();
        app.redeliver(last.id());
        settle();
        notes.expect("builds", before, controller.job().builds().size());
        notes.say("the forge sent " + last.guid() + " again; it was accepted and recognised");
    }

    private void openPullRequest(Notes notes) {
        built(notes, () -> {
            app.pulls().open(app, "idea", "main", "My idea", false);
            return app.head("idea");
        });
    }

    /** Does something at the forge that has to lead to exactly one build, of the commit it answers. */
    void built(Notes notes, Change change) {
        int log = controller.logSize();
        int builds = controller.job().builds().size();
        int accesses = forge.accesses().size();
        String commit = change.happens();
        settle();
        decisions(log).forEach(entry -> notes.say(entry.sentence()));
        List<Built> fresh = controller
                .job()
                .builds()
                .subList(builds, controller.job().builds().size());
        notes.expect("builds", 1, fresh.size());
        fresh.forEach(built -> judge(notes, built, commit));
        keysUsed(notes, accesses);
        notes.expect(
                "status at the forge",
                stage.success(),
                app.statuses(commit).stream()
                        .map(Status::state)
                        .reduce((earlier, later) -> later)
                        .orElse("none"));
    }

    private static void judge(Notes notes, Built built, String commit) {
        notes.expect("built commit", commit, built.subject().commit().hex());
        notes.expect("build script", 0, built.run().exitCode());
        notes.expect("the script saw the commit", true, built.run().output().contains("Commit " + commit));
        notes.say("build: "
                + built.run().output().lines().reduce((first, last) -> last).orElse(""));
    }

    private void keysUsed(Notes notes, int before) {
        List<GitAccess> fresh =
                forge.accesses().subList(before, forge.accesses().size());
        fresh.forEach(access -> notes.expect("key", connection.fingerprint().toString(), access.fingerprint()));
        notes.say("checked out with deploy key " + connection.fingerprint());
    }

    /** Does something at the forge that must not lead to a build. */
    void skipped(Notes notes, Change change) {
        int log = controller.logSize();
        int builds = controller.job().builds().size();
        change.happens();
        settle();
        List<Entry> decisions = decisions(log);
        decisions.forEach(entry -> notes.say(entry.sentence()));
        notes.expect("builds", builds, controller.job().builds().size());
        notes.expect("decided", true, decisions.stream().anyMatch(entry -> entry.outcome() == Outcome.SKIPPED));
    }

    /** Everything sent has arrived, everything that arrived is handled. */
    void settle() {
        forge.awaitDeliveries();
        controller.awaitQuiet();
    }

    private List<Entry> decisions(int since) {
        return controller.logSince(since).stream()
                .filter(entry -> entry.job().isPresent())
                .toList();
    }

    private void caughtUp(Notes notes) throws Exception {
        controller.setWatch(Watch.DEFAULT.withTags(new RefFilter("v*")));
        controller.catchUp(connection);
        int log = controller.logSize();
        int before = controller.job().builds().size();
        forge.loseWebhooks(true);
        String pushed = commit("main", "Nobody heard of this");
        String lost = commit("lost", "Nor of this");
        app.pulls().open(app, "lost", "main", "Lost", false);
        String old = app.head("idea");
        app.tag("v2.0", old);
        app.deleteBranch("topic");
        forge.awaitDeliveries();
        forge.loseWebhooks(false);
        controller.catchUp(connection);
        decisions(log).forEach(entry -> notes.say(entry.sentence()));
        notes.expect(
                "built commits",
                Set.of(pushed, lost, old),
                controller.job().builds().stream()
                        .skip(before)
                        .map(built -> built.subject().commit().hex())
                        .collect(Collectors.toSet()));
        notes.expect("builds", 3, controller.job().builds().size() - before);
    }

    private void caughtUpAlready(Notes notes) throws Exception {
        int log = controller.logSize();
        controller.catchUp(connection);
        notes.expect("log entries", log, controller.logSize());
    }

    private void disconnect(Notes notes) throws Exception {
        controller.disconnect(connection);
        notes.expect("deploy keys", 0, app.deployKeys().size());
        notes.expect("webhooks", 0, app.hooks().size());
    }

    /** Something that happens at the forge; answers the commit that it is about. */
    interface Change {
        String happens();
    }
}
