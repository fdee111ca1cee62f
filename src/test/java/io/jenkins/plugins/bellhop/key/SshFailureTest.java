package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as the programs and forges print them; what OpenSSH and gitolite print is also tried for real. */
class SshFailureTest {

    private static final Fingerprint OFFERED = Fingerprint.parse("SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8");
    private static final RemoteUrl REPOSITORY = RemoteUrl.parse("git@github.com:owner/app.git");
    private static final String GIT_SAYS =
            "\nfatal: Could not read from remote repository.\n\nPlease make sure you have"
                    + " the correct access rights\nand the repository exists.\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KEY_REFUSED|git@github.com: Permission denied (publickey).",
                "KEY_REFUSED|git@host: Permission denied (gssapi-keyex,publickey,password).",
                "KEY_REFUSED|sign_and_send_pubkey: no mutual signature supported",
                "REPOSITORY_NOT_FOUND|ERROR: Repository not found.",
                "REPOSITORY_NOT_FOUND|repository access denied.",
                "REPOSITORY_NOT_FOUND|conq: repository does not exist.",
                "REPOSITORY_NOT_FOUND|The requested repository does not exist, or you do not have permission to access it.",
                "REPOSITORY_NOT_FOUND|fatal: '/srv/x.git' does not appear to be a git repository",
                "HOST_KEY_UNKNOWN|Host key verification failed.",
                "HOST_KEY_UNKNOWN|No ED25519 host key is known for github.com and you have requested strict checking.",
                "HOST_KEY_CHANGED|@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @",
                "HOST_KEY_REVOKED|@       WARNING: REVOKED HOST KEY DETECTED!               @",
                "HOST_KEY_UNAVAILABLE|Unable to negotiate with 10.0.0.1 port 22: no matching host key type found. Their offer: ssh-dss",
                "KEY_READ_ONLY|ERROR: The key you are authenticating with has been marked as read only.",
                "KEY_READ_ONLY|ERROR: Permission to owner/app.git denied to deploy key",
                "KEY_READ_ONLY|FATAL: W any owner/app deploy-app DENIED by fallthru",
                "KEY_READ_ONLY|FATAL: + refs/heads/main owner/app deploy-app DENIED by fallthru",
                "ACCESS_DENIED|FATAL: R any owner/app deploy-app DENIED by fallthru",
                "ACCESS_DENIED|ERROR: Permission to owner/app.git denied to somebody.",
                "KEY_UNREADABLE|Load key \"/tmp/key\": error in libcrypto",
                "KEY_UNREADABLE|Load key \"/tmp/key\": invalid format",
                "KEY_UNREADABLE|@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @",
                "TOO_MANY_KEYS|Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures",
                "HOST_NAME_UNKNOWN|ssh: Could not resolve hostname github.com: Temporary failure in name resolution",
                "CONNECTION_REFUSED|ssh: connect to host github.com port 22: Connection refused",
                "CONNECTION_TIMED_OUT|ssh: connect to host github.com port 22: Connection timed out",
                "CONNECTION_TIMED_OUT|Connection timed out during banner exchange",
                "CONNECTION_TIMED_OUT|Timeout, server github.com not responding.",
                "CONNECTION_LOST|kex_exchange_identification: Connection closed by remote host",
                "NO_SSH_ACCOUNT|No user exists for uid 10000",
                "NO_SSH_PROGRAM|sh: 1: ssh: not found",
                "NO_SSH_PROGRAM|bash: ssh: command not found",
                "UNKNOWN|something nobody has seen",
            })
    void namesTheKindAndRepeatsTheTellingLine(SshFailure.Kind kind, String line) {
        SshFailure failure =
                explain("Warning: some banner\n" + line + (kind == SshFailure.Kind.UNKNOWN ? "" : GIT_SAYS));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.sentence())
                .startsWith(
                        kind.name().startsWith("HOST_KEY")
                                ? "SSH server github.com of git@github.com:owner/app.git: "
                                : "Key " + OFFERED + " for git@github.com:owner/app.git: ")
                .endsWith(" Git said: \"" + shown(line) + ".");
        assertThat(failure).hasToString(failure.sentence());
    }

    private static String shown(String line) {
        return line.length() > 120 ? line.substring(0, 120) + "…\"" : line + "\"";
    }

    @Test
    void theTellingLineWinsOverTheOneThatFollowsFromIt() {
        assertThat(explain("@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.\n")
                        .kind())
                .isEqualTo(SshFailure.Kind.HOST_KEY_CHANGED);
        assertThat(explain("Load key \"/k\": error in libcrypto\ngit@h: Permission denied (publickey).\n")
                        .kind())
                .isEqualTo(SshFailure.Kind.KEY_UNREADABLE);
    }

    @Test
    void nothingSaidIsUnknown() {
        assertThat(explain("").sentence())
                .isEqualTo(
                        "Key " + OFFERED + " for git@github.com:owner/app.git: git failed for a reason Bellhop doesn't"
                                + " know. Read what it said. Git said: \"\".");
    }

    @Test
    void aKindWithoutATextIsNeverFound() {
        SshFailure failure = SshFailure.of(SshFailure.Kind.TOOK_TOO_LONG, OFFERED, REPOSITORY);

        assertThat(failure.sentence()).contains("it took too long").doesNotContain("said");
        assertThat(explain("it took too long").kind()).isEqualTo(SshFailure.Kind.UNKNOWN);
    }

    @Test
    void controlCharactersAndLengthAreTakenFromTheOutput() {
        SshFailure failure = explain("remote: \u001b[31m\u202eRepository not found\u0007 " + "x".repeat(500) + "\n");

        assertThat(failure.kind()).isEqualTo(SshFailure.Kind.REPOSITORY_NOT_FOUND);
        assertThat(failure.sentence().chars()).noneMatch(Character::isISOControl);
        assertThat(failure.sentence()).doesNotContain("\u202e").hasSizeLessThan(600);
    }

    @Test
    void onlyTheBeginningOfTheOutputIsLookedAt() {
        String telling = "Repository not found";
        String before = "y\n".repeat((SshFailure.LONGEST_OUTPUT - telling.length()) / 2);

        assertThat(explain(before + telling).kind()).isEqualTo(SshFailure.Kind.REPOSITORY_NOT_FOUND);
        assertThat(explain(before + "y" + telling).kind()).isEqualTo(SshFailure.Kind.UNKNOWN);
    }

    @Test
    void onlyTheBeginningOfALineIsLookedAt() {
        String telling = "Repository not found";
        String before = "y".repeat(SshFailure.LONGEST_LINE - telling.length());

        assertThat(explain(before + telling).kind()).isEqualTo(SshFailure.Kind.REPOSITORY_NOT_FOUND);
        assertThat(explain(before + "y" + telling).kind()).isEqualTo(SshFailure.Kind.UNKNOWN);
    }

    @Test
    void aServerCannotKeepTheSearchBusy() {
        String line = "W W W Load key No Permission to ".repeat(SshFailure.LONGEST_LINE / 32) + "\n";
        String output = line.repeat(SshFailure.LONGEST_OUTPUT / line.length());
        long before = System.nanoTime();

        explain(output);
        explain("x".repeat(SshFailure.LONGEST_OUTPUT));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    private static SshFailure explain(String output) {
        return SshFailure.explain(output, OFFERED, REPOSITORY);
    }
}
