package io.jenkins.plugins.bellhop.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.moving.Chosen.Shown;
import io.jenkins.plugins.bellhop.moving.Proposal.Connecting;
import io.jenkins.plugins.bellhop.moving.Proposal.Hindered;
import io.jenkins.plugins.bellhop.moving.Source.Elsewhere;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WantedTest {

    private static final Preview APP = connectable("team/app", "github.com", "acme/app");
    private static final Preview OLD = connectable("team/old", "github.com", "acme/old");
    private static final Preview SITE = connectable("site", "bitbucket.org", "shop/site");
    private static final Preview SCRIPT = new Preview(
            new JobNow("team/script", true, List.of(), Elsewhere.SCRIPT), new Hindered(Elsewhere.SCRIPT.sentence()));

    @Test
    void whatIsEmptyLeavesNothingOut() {
        assertThat(covered(Wanted.of("", "", "", false))).containsExactly(APP, OLD, SITE, SCRIPT);
    }

    @Test
    void choosesAWholeOrganisationInWhateverCase() {
        assertThat(covered(Wanted.of("Acme/*", "", "", false))).containsExactly(APP, OLD);
        assertThat(covered(Wanted.of("acme/* !acme/old", "", "", false))).containsExactly(APP);
        assertThat(covered(Wanted.of("!acme/*", "", "", false))).containsExactly(SITE);
    }

    @Test
    void choosesByTheJobsNameTheForgeAndWhetherTheyCanBeConnected() {
        assertThat(covered(Wanted.of("", "team/*", "", false))).containsExactly(APP, OLD, SCRIPT);
        assertThat(covered(Wanted.of("", "*", "", false))).containsExactly(SITE);
        assertThat(covered(Wanted.of("", "", "bitbucket.org", false))).containsExactly(SITE);
        assertThat(covered(Wanted.of("", "", "", true))).containsExactly(APP, OLD, SITE);
        assertThat(covered(Wanted.of("", "team/*", "", false).connectableAlone()))
                .containsExactly(APP, OLD);
    }

    @Test
    void refusesAPatternThatIsNone() {
        String tooLong = "x".repeat(10_000);

        assertThatThrownBy(() -> Wanted.of(tooLong, "", "", false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wanted.of("", tooLong, "", false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestMayChooseAHundredJobsEachOnce() {
        List<Shown> most = jobs(Chosen.MOST);

        assertThat(new Chosen(most).shown()).hasSize(Chosen.MOST);
        assertThat(new Chosen(List.of(shown("a"), shown("b"), shown("a"))).jobs())
                .containsExactly("a", "b");
        assertThatThrownBy(() -> new Chosen(jobs(Chosen.MOST + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 100 jobs at once, found 101");
        assertThatThrownBy(() -> new Chosen(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one job");
        assertThatThrownBy(() -> new Chosen(List.of(shown("a"), new Shown("https://example.org/other", "a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two remotes");
    }

    @Test
    void aChosenJobComesWithTheRemoteThatWasShown() {
        assertThat(Shown.of(APP)).contains(new Shown("https://github.com/acme/app", "team/app"));
        assertThat(Shown.of(SCRIPT)).isEmpty();
        assertThat(Shown.parse(shown("a job").text())).isEqualTo(shown("a job"));
        for (String none : List.of("", "app", " app", "https://github.com/acme/app ")) {
            assertThatThrownBy(() -> Shown.parse(none)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<Shown> jobs(int count) {
        return IntStream.range(0, count).mapToObj(i -> shown("job-" + i)).toList();
    }

    private static Shown shown(String job) {
        return new Shown("https://github.com/acme/app", job);
    }

    private static List<Preview> covered(Wanted wanted) {
        return List.of(APP, OLD, SITE, SCRIPT).stream().filter(wanted::covers).toList();
    }

    private static Preview connectable(String job, String host, String repository) {
        RemoteUrl remote = RemoteUrl.parse("https://" + host + "/" + repository);
        return new Preview(
                new JobNow(job, false, List.of(), new Source.Git(List.of(new Source.Remote(remote.text(), "")))),
                new Connecting(remote, new ForgeRepository("A forge", host, RepositoryName.parse(repository)), false));
    }
}
