package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A build's log, and why git failed in it. */
class FailedGitTest {

    private static final Fingerprint APP = SshKeyPair.ed25519("").publicKey().fingerprint();
    private static final Fingerprint LIB = SshKeyPair.ed25519("").publicKey().fingerprint();
    private static final OfferedKey OF_APP = new OfferedKey(RemoteUrl.parse("ssh://github.com:22/owner/app"), APP);
    private static final OfferedKey OF_LIB = new OfferedKey(RemoteUrl.parse("ssh://github.com:22/owner/app-lib"), LIB);

    /** What the git plugin prints around git's own words. */
    private static final String CHECKOUT = """
            Fetching upstream changes from git@github.com:%s.git
            using GIT_SSH to set credentials deploy key
             > git fetch --tags --force --progress -- git@github.com:%s.git +refs/heads/*:refs/remotes/origin/* # timeout=10
            ERROR: Error fetching remote repo 'origin'
            hudson.plugins.git.GitException: Failed to fetch from git@github.com:%s.git
            Caused by: hudson.plugins.git.GitException: Command "git fetch" returned status code 128:
            stdout:
            stderr: %s
            fatal: Could not read from remote repository.

            Please make sure you have the correct access rights
            and the repository exists.

            \tat org.jenkinsci.plugins.gitclient.CliGitAPIImpl.launchCommandIn(CliGitAPIImpl.java:2842)
            Finished
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERROR: Repository not found. | there is no such repository",
                "git@github.com: Permission denied (publickey). | doesn't accept the key",
                "Permission denied (publickey,keyboard-interactive). | doesn't accept the key",
                "Host key verification failed. | no trusted key of this host",
                "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @ | another host key than the known one",
                "ERROR: The key you are authenticating with has been marked as read only. | may read but not write",
                "Load key \"/x\": error in libcrypto | couldn't read the private key file",
                "Received disconnect from 1.2.3.4 port 22:2: Too many authentication failures | too many keys",
                "conq: repository access denied. | there is no such repository",
                "FATAL: R any owner/app reader DENIED by fallthru | doesn't let it into this repository",
                "ssh: connect to host github.com port 22: Connection timed out | can't be reached in time",
                "kex_exchange_identification: Connection closed by remote host | connection broke",
            })
    void knownFailureIsExplainedWithKeyAndRepository(String words, String explanation) {
        assertThat(explain(checkout("owner/app", words), OF_LIB, OF_APP))
                .contains("ssh://github.com:22/owner/app: ", "ey " + APP, explanation);
    }

    @Test
    void repositoryIsTheOneThatTheLogNamesLast() {
        String log = checkout("owner/app", "") + checkout("Owner/App-Lib", "ERROR: Repository not found.");

        assertThat(explain(log, OF_APP, OF_LIB)).startsWith("Key " + LIB);
        assertThat(explain(checkout("owner/app", "ERROR: Repository not found."), OF_LIB, OF_APP))
                .startsWith("Key " + APP);
    }

    @Test
    void onlyKeyNeedsNoNaming() {
        assertThat(explain("Permission denied (publickey).\nfatal: Could not read from remote repository.\n", OF_APP))
                .startsWith("Key " + APP);
    }

    @Test
    void repositoryWithoutAKeyIsNamed() {
        String log = "Bellhop has no key for owner/other on github.com; ssh goes on with what this machine has.\n"
                + "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n";

        assertThat(explain(log, OF_APP)).startsWith("No key of Bellhop's was offered for owner/other on github.com");
    }

    @Test
    void submodulesFailureIsNotToldOfTheOuterRepository() {
        String submodule = checkout("owner/app", "") + """
                Cloning into '/workspace/lib'...
                Host key verification failed.
                fatal: Could not read from remote repository.

                Please make sure you have the correct access rights
                and the repository exists.
                fatal: clone of 'ssh://git@github.com/owner/app-lib.git' into submodule path '/workspace/lib' failed
                """;

        assertThat(explain(submodule, OF_APP))
                .startsWith("No key of Bellhop's was offered for owner/app-lib on github.com");
        assertThat(explain(submodule, OF_APP, OF_LIB))
                .startsWith("SSH server github.com of ssh://github.com:22/owner/app-lib: ")
                .contains("offered the key " + LIB);
    }

    @Test
    void otherFailuresAreLeftToThemselves() {
        assertThat(FailedGit.explain("Connection refused\nTests failed\n", List.of(OF_APP)))
                .isEmpty();
        assertThat(FailedGit.explain("fatal: Could not read from remote repository.", List.of(OF_APP, OF_LIB)))
                .isEmpty();
        assertThat(FailedGit.explain("", List.of())).isEmpty();
    }

    @Test
    void jenkinsMarksWithinALogAreLookedThrough() {
        String log = "\u001B[8mha:////4AAAabc=\u001B[0mERROR: Repository not found.\n"
                + "fatal: Could not read from remote repository.\n";

        assertThat(explain(log, OF_APP)).contains("there is no such repository").doesNotContain("ha:");
    }

    @Test
    void onlyTheEndOfALogIsLookedAt() {
        String failure = checkout("owner/app", "ERROR: Repository not found.");
        String rest = "x".repeat(99) + "\n";

        String fits = failure + rest.repeat((FailedGit.LONGEST_TAIL - failure.length()) / rest.length());
        assertThat(FailedGit.explain(fits, List.of(OF_APP))).isPresent();
        assertThat(FailedGit.explain(failure + "x".repeat(FailedGit.LONGEST_TAIL), List.of(OF_APP)))
                .isEmpty();
    }

    @Test
    void onlyTheBeginningOfALineIsLookedAt() {
        String url = "git@github.com:owner/app.git";
        String failure = "\nERROR: Repository not found.\nfatal: Could not read from remote repository.\n";
        String before = " ".repeat(FailedGit.LONGEST_LINE - url.length());

        assertThat(explain(before + url + failure, OF_APP, OF_LIB)).startsWith("Key " + APP);
        assertThat(FailedGit.explain(" ".repeat(FailedGit.LONGEST_LINE) + url + failure, List.of(OF_APP, OF_LIB)))
                .isEmpty();
    }

    @Test
    void whatNoRepositoryCanBeCalledIsNotRepeatedInBellhopsName() {
        String log = "Bellhop has no key for <b>click-here</b> on evil<host; ssh goes on\n"
                + "fatal: Could not read from remote repository.\n";

        assertThat(explain(log, OF_APP)).startsWith("Key " + APP).contains("Git said: \"Bellhop has no key");
    }

    private static String checkout(String path, String words) {
        return CHECKOUT.formatted(path, path, path, words);
    }

    private static String explain(String log, OfferedKey... offered) {
        return FailedGit.explain(log, List.of(offered)).orElseThrow();
    }
}
