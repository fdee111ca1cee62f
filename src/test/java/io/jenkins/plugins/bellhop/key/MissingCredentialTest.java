package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissingCredentialTest {

    private static final String ONE = "bellhop-cae7623c-5ad5-4e7f-9c4a-3b1f6ff5b1a0";
    private static final String OTHER = "bellhop-c47e609f-5ad5-4e7f-9c4a-3b1f6ff5b1a0";

    @Test
    void theLastOneOfTheLogIsNamed() {
        assertThat(MissingCredential.in("Started\n" + warning(ONE) + warning(OTHER) + "ERROR: Error cloning\n"))
                .map(MissingCredential::id)
                .contains(OTHER);
    }

    @Test
    void whatGitThenReadWithoutItIsNamed() {
        String earlier = "Cloning repository ssh://git@example.com/acme/library.git\n";

        assertThat(remote(earlier + warning(ONE) + "Cloning repository git@example.com:acme/app.git\n"))
                .contains("acme/app");
        assertThat(remote(warning(ONE) + "Fetching upstream changes from ssh://git@example.com/acme/app.git\n"))
                .contains("acme/app");
        assertThat(remote(earlier + warning(ONE) + "ERROR: Error cloning\n")).isEmpty();
        assertThat(remote(warning(ONE) + "Cloning repository nonsense\n")).isEmpty();
    }

    private static String remote(String log) {
        return MissingCredential.in(log)
                .orElseThrow()
                .remote()
                .map(Object::toString)
                .orElse("");
    }

    @Test
    void otherCredentialsAreNoneOfBellhops() {
        assertThat(MissingCredential.in(warning("my-key"))).isEmpty();
        assertThat(MissingCredential.in(warning("bellhop-x"))).isEmpty();
        assertThat(MissingCredential.in("using credential " + ONE)).isEmpty();
        assertThat(MissingCredential.in("")).isEmpty();
    }

    @Test
    void onlyTheEndOfALongLogIsLookedAt() {
        String warning = warning(ONE);
        String rest = "x".repeat(FailedGit.LONGEST_TAIL - warning.length());

        assertThat(MissingCredential.in(warning + rest))
                .map(MissingCredential::id)
                .contains(ONE);
        assertThat(MissingCredential.in("W" + warning.substring(1) + rest + "x"))
                .map(MissingCredential::id)
                .contains(ONE);
        assertThat(MissingCredential.in(warning + "x".repeat(FailedGit.LONGEST_TAIL)))
                .isEmpty();
    }

    private static String warning(String id) {
        return "Warning: CredentialId \"" + id + "\" could not be found.\n";
    }
}
