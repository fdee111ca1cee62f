package io.jenkins.plugins.bellhop.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.moving.Proposal.Connecting;
import io.jenkins.plugins.bellhop.moving.Source.Elsewhere;
import io.jenkins.plugins.bellhop.moving.Source.Git;
import io.jenkins.plugins.bellhop.moving.Source.Remote;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreviewTest {

    private static final Start GITHUB =
            new Start("com.cloudbees.jenkins.GitHubPushTrigger", "GitHub hook trigger for GITScm polling");
    private static final Start TIMER = new Start("hudson.triggers.TimerTrigger", "Build periodically");

    /** Knows github.com alone, where acme/app is connected. */
    private static final Repositories REPOSITORIES = new Repositories() {
        @Override
        public Optional<ForgeRepository> at(RemoteUrl remote) {
            return remote.host().equals("github.com")
                    ? Optional.of(new ForgeRepository("GitHub", "github.com", remote.repositoryName()))
                    : Optional.empty();
        }

        @Override
        public boolean isConnected(RemoteUrl remote, ForgeRepository repository) {
            return repository.name().isSameAs(new RepositoryName("acme", "app"));
        }
    };

    @Test
    void aRepositoryWithoutConnectionGetsOne() {
        Preview preview = preview("https://github.com/acme/site.git");

        assertThat(preview.proposal().sentence())
                .isEqualTo("A new connection to acme/site on github.com: a read-only deploy key and a webhook.");
        assertThat(preview.proposal().connecting().map(Connecting::remote))
                .contains(RemoteUrl.parse("https://github.com/acme/site.git"));
    }

    @Test
    void aConnectedRepositoryIsJoined() {
        assertThat(preview("git@github.com:acme/app.git").proposal().sentence())
                .isEqualTo("It joins the connection of acme/app on github.com: the deploy key and the webhook that are"
                        + " there.");
    }

    @Test
    void aPasswordInTheRemoteGoesNowhere() {
        Preview preview = preview("https://robot:hunter2@github.com/acme/app.git");

        assertThat(preview.proposal().connecting().map(found -> found.remote().text()))
                .contains("https://github.com/acme/app.git");
        Stream.of(
                        preview,
                        preview("https://robot:hunter2@gitlab.example/acme/app.git"),
                        preview("https://robot:hunter2@github.com/acme/app.git?x"),
                        preview("https://robot:hunter2@github.com/acme/app.git", "https://a:hunter2@github.com/b/c"))
                .forEach(each -> assertThat(each + each.proposal().sentence()).doesNotContain("hunter2"));
    }

    @Test
    void addressesAreShownWithoutPasswordsAndOnlyWhereTheyCanBeRead() {
        assertThat(preview("https://robot:hunter2@github.com/acme/app.git", "https://robot:hunter2@github.com/$X")
                        .job()
                        .addresses())
                .containsExactly("https://github.com/acme/app.git");
    }

    @Test
    void twoSpellingsOfOneRepositoryAreNoHindrance() {
        assertThat(preview("git@github.com:acme/app.git", "https://github.com/Acme/App")
                        .proposal()
                        .connecting())
                .isPresent();
    }

    @Test
    void saysWhatHinders() {
        assertThat(hindrance("git@github.com:acme/app.git", "git@github.com:acme/lib.git"))
                .startsWith("Its remotes lead to two repositories, git@github.com:acme/app.git and"
                        + " git@github.com:acme/lib.git.");
        assertThat(hindrance("git@git.example.org:acme/app.git"))
                .isEqualTo("No forge is configured for git.example.org. Add it under Manage Jenkins, System, Bellhop.");
        assertThat(hindrance("https://github.com/${OWNER}/app")).startsWith("Its Git remote can't be read: expected");
        assertThat(hindrance("")).startsWith("Its Git remote can't be read: expected");
        assertThat(hindrance()).isEqualTo(Elsewhere.NO_GIT.sentence());
    }

    @ParameterizedTest
    @EnumSource
    void withoutAGitConfigurationOfItsOwnAJobIsNotConnected(Elsewhere elsewhere) {
        Preview preview = Preview.of(new JobNow("app", false, List.of(GITHUB), elsewhere), REPOSITORIES);

        assertThat(preview.proposal().sentence()).isEqualTo(elsewhere.sentence());
        assertThat(preview.repository()).isEmpty();
        assertThat(preview.takenAwayAfterwards("robot")).isEmpty();
    }

    @Test
    void saysWhatIsToBeTakenAwayAfterwards() {
        JobNow freestyle = job(false, GITHUB, TIMER);

        assertThat(Preview.of(freestyle, REPOSITORIES).takenAwayAfterwards("robot"))
                .containsExactly(
                        "GitHub hook trigger for GITScm polling",
                        "at the forge the webhook to …/github-webhook/, when no other job needs it",
                        "the credential robot, in favour of Deploy key of acme/app");
        assertThat(Preview.of(job(true, GITHUB), REPOSITORIES).takenAwayAfterwards(""))
                .startsWith("GitHub hook trigger for GITScm polling, in its script too");
        assertThat(Preview.of(job(false, TIMER), REPOSITORIES).takenAwayAfterwards(""))
                .isEmpty();
    }

    @Test
    void knowsTheTriggersThatAPushStarts() {
        List<String> classes = List.of(
                "com.cloudbees.jenkins.GitHubPushTrigger",
                "com.cloudbees.jenkins.plugins.BitBucketTrigger",
                "io.jenkins.plugins.bitbucketpushandpullrequest.BitBucketPPRTrigger",
                "org.jenkinsci.plugins.gwt.GenericTrigger",
                "hudson.triggers.SCMTrigger");

        assertThat(classes)
                .extracting(name -> new Start(name, "").replaced().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(Set.of(Start.Replaced.values()));
        assertThat(TIMER.replaced()).isEmpty();
        assertThat(job(false, GITHUB, TIMER).replaced()).containsExactly(GITHUB);
    }

    @Test
    void whatOthersThanPushesMayBeBehindIsLeftToPeople() {
        Start generic = new Start("org.jenkinsci.plugins.gwt.GenericTrigger", "Generic Webhook Trigger");
        Start polling = new Start("hudson.triggers.SCMTrigger", "Poll SCM");

        assertThat(generic.isReplacedWholly(false)).isFalse();
        assertThat(polling.isReplacedWholly(false)).isTrue();
        assertThat(polling.isReplacedWholly(true)).isFalse();
        assertThat(GITHUB.isReplacedWholly(true)).isTrue();
        assertThat(TIMER.isReplacedWholly(false)).isFalse();
        assertThat(Preview.of(job(false, generic), REPOSITORIES).takenAwayAfterwards(""))
                .startsWith("Generic Webhook Trigger, if nothing but pushes to this repository starts builds by it");
        assertThat(Preview.of(job(true, polling), REPOSITORIES).takenAwayAfterwards(""))
                .containsExactly(
                        "Poll SCM, in its script too, if nothing but pushes to this repository starts builds by it");
    }

    private static JobNow job(boolean pipeline, Start... starts) {
        return new JobNow(
                "app", pipeline, List.of(starts), new Git(List.of(new Remote("git@github.com:acme/app.git", "robot"))));
    }

    private static String hindrance(String... urls) {
        Preview preview = preview(urls);
        assertThat(preview.proposal().connecting()).isEmpty();
        return preview.proposal().sentence();
    }

    private static Preview preview(String... urls) {
        List<Remote> remotes = Stream.of(urls).map(url -> new Remote(url, "")).toList();
        return Preview.of(new JobNow("app", false, List.of(), new Git(remotes)), REPOSITORIES);
    }
}
