package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.decide.Watch;
import io.jenkins.plugins.bellhop.decide.Watch.Forks;
import io.jenkins.plugins.bellhop.sandbox.SandboxAgent.Run;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.story.SandboxJob.Built;
import java.util.List;
import java.util.Map;

/** Somebody's fork: nothing of it is built until the job says so, and then without a key. */
final class ForkChapter {

    private final Stage stage;
    private final SandboxForge forge;
    private final SandboxRepository app;
    private final Controller controller;
    private final Story story;
    private final SandboxRepository fork;

    ForkChapter(Stage stage, SandboxForge forge, SandboxRepository app, Controller controller, Story story) {
        this.stage = stage;
        this.forge = forge;
        this.app = app;
        this.controller = controller;
        this.story = story;
        this.fork = forge.fork(app, stage.strangersPlace());
    }

    void tell(Timeline timeline) {
        timeline.step("pull request from a fork opened", notes -> story.skipped(notes, this::open));
        if (!stage.buildsForks()) {
            timeline.step("\"Build pull requests from forks\" on: not built, and why", this::skippedAlthoughOn);
            return;
        }
        timeline.step("for members: a stranger's push isn't built", this::skippedOfStranger);
        timeline.step("until the stranger may write to the repository", this::builtOfMember);
        timeline.step("after approval: the next push waits", this::waits);
        timeline.step("approved, it is built", this::builtWhenApproved);
        timeline.step("and the push after it waits again", this::waits);
        timeline.step("\"Build pull requests from forks\" on: its next push is built", this::builtWhenOn);
        timeline.step("the fork's build script has no key", this::hasNoKey);
        timeline.step("and the key that checked it out may only read", this::mayOnlyRead);
    }

    private String open() {
        String commit = change("A stranger's idea");
        app.pulls().open(fork, "gift", "main", "A gift", false);
        return commit;
    }

    private String change(String message) {
        return fork.commit("gift", Map.of("gift.txt", message + "\n"), message);
    }

    private void skippedOfStranger(Notes notes) {
        controller.setWatch(Watch.DEFAULT.withForks(Forks.MEMBERS));
        story.skipped(notes, () -> change("A stranger's second idea"));
    }

    private void builtOfMember(Notes notes) {
        app.grant("stranger", Role.WRITE);
        story.built(notes, () -> change("A friend's idea"));
        app.grant("stranger", Role.NONE);
    }

    private void waits(Notes notes) {
        controller.setWatch(Watch.DEFAULT.withForks(Forks.APPROVED));
        story.skipped(notes, () -> change("An idea of " + System.nanoTime()));
    }

    private void builtWhenApproved(Notes notes) {
        story.built(notes, () -> {
            try {
                controller.approve(story.connection());
                return fork.head("gift");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void builtWhenOn(Notes notes) {
        controller.setWatch(Watch.DEFAULT.withForks(Forks.ON));
        story.built(notes, () -> change("A stranger's better idea"));
    }

    /** Its commits are in the fork, which the deploy key doesn't open. */
    private void skippedAlthoughOn(Notes notes) {
        controller.setWatch(Watch.DEFAULT.withForks(Forks.ON));
        story.skipped(notes, () -> change("A stranger's better idea"));
    }

    private void hasNoKey(Notes notes) throws Exception {
        int offered = forge.offers().size();
        Run push = controller.job().gitInBuild(lastBuild(), push());
        notes.expect("git push worked", false, push.succeeded());
        notes.expect("keys offered", offered, forge.offers().size());
        notes.say("git push, as the build script would: no key to offer, refused");
    }

    private void mayOnlyRead(Notes notes) throws Exception {
        Run push = controller.job().gitWithKey(lastBuild(), story.connection(), push());
        notes.expect("git push worked", false, push.succeeded());
        notes.expect("refused as read-only", true, push.output().matches("(?s).*read.only.*"));
        notes.say("git push with it: " + push.output().lines().findFirst().orElse(""));
    }

    private String[] push() {
        return new String[] {"git", "push", forge.sshUrl(app), "HEAD:refs/heads/evil"};
    }

    private Built lastBuild() {
        List<Built> builds = controller.job().builds();
        return builds.get(builds.size() - 1);
    }
}
