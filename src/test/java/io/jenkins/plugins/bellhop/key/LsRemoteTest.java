package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LsRemoteTest {

    private static final String MAIN = "1".repeat(40);
    private static final String TOPIC = "2".repeat(64);

    @Test
    void readsBranchesAndTheDefaultOne() {
        Proof.Proven proven = LsRemote.read("ref: refs/heads/main\tHEAD\n" + MAIN + "\tHEAD\n" + MAIN
                + "\trefs/heads/main\n" + TOPIC + "\trefs/heads/a/topic\n");

        assertThat(proven.defaultBranch()).contains("main");
        assertThat(proven.heads()).isEqualTo(Map.of("main", new CommitId(MAIN), "a/topic", new CommitId(TOPIC)));
    }

    @Test
    void anEmptyRepositoryAndADetachedHeadHaveNoDefaultBranch() {
        assertThat(LsRemote.read("")).isEqualTo(LsRemote.read("\n"));
        assertThat(LsRemote.read("").heads()).isEmpty();
        assertThat(LsRemote.read(MAIN + "\tHEAD\n").defaultBranch()).isEmpty();
    }

    @Test
    void passesOverWhatIsNoBranch() {
        assertThat(LsRemote.read("warning\n" + MAIN + "\trefs/tags/v1\n" + MAIN + "1\trefs/heads/x\n")
                        .heads())
                .isEmpty();
    }

    @Test
    void theUrlCannotBecomeAnOption() {
        assertThat(LsRemote.arguments("git", RemoteUrl.parse("git@github.com:o/r.git")))
                .containsExactly(
                        "git", "ls-remote", "--symref", "--", "git@github.com:o/r.git", "HEAD", "refs/heads/*");
    }

    @Test
    void onlySshRemotesAreAsked() {
        assertThatThrownBy(() -> LsRemote.arguments("git", RemoteUrl.parse("https://user:token@github.com/o/r.git")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected an SSH remote such as git@host:owner/name.git, found https://")
                .hasMessageNotContaining("token");
    }

    @Test
    void theEnvironmentLetsNoForeignSettingIn() {
        assertThat(LsRemote.environment("/keys/ssh_config", "/keys"))
                .containsEntry("GIT_SSH_COMMAND", "ssh -F '/keys/ssh_config'")
                .containsEntry("GIT_ALLOW_PROTOCOL", "ssh")
                .containsEntry("GIT_CONFIG_NOSYSTEM", "1")
                .containsEntry("GIT_TERMINAL_PROMPT", "0")
                .containsEntry("HOME", "/keys")
                .containsEntry("LC_ALL", "C");
    }
}
