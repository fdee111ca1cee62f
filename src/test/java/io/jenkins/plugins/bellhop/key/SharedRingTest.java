package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.key.RingKey.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a key that repositories share comes in a ring. */
class SharedRingTest {

    private static final String APP = "git@bitbucket.org:acme/app.git";
    private static final String LIB = "git@bitbucket.org:acme/app-lib.git";

    private static final RingKey DEPLOY = Keys.deploy(SshKeyPair.ed25519("own"), APP);
    private static final RingKey USER = Keys.user(SshKeyPair.ed25519("user"), APP);
    private static final RingKey SHARED = shared(SshKeyPair.ed25519("shared"));

    private static RingKey shared(SshKeyPair pair) {
        return new RingKey(
                Kind.SHARED,
                "shared key",
                pair.publicKey(),
                List.of(KeyScope.parse(APP, true), KeyScope.parse(LIB, true)),
                pair::privateText);
    }

    private static KeyChoice forApp(KeyRing ring) {
        return ring.choose(KeyScope.parse(APP, true));
    }

    @Test
    void itTakesThePlaceOfTheRepositorysOwnKeyAndLeavesAUsersItsPlace() {
        assertThat(forApp(Keys.ring(DEPLOY, SHARED))).isEqualTo(new KeyChoice.Chosen(SHARED));
        assertThat(forApp(Keys.ring(SHARED, USER))).isEqualTo(new KeyChoice.Chosen(USER));
    }

    @Test
    void itOpensTheOtherRepositoriesThatItIsAttachedTo() {
        assertThat(Keys.ring(DEPLOY, SHARED).choose(KeyScope.parse(LIB, true))).isEqualTo(new KeyChoice.Chosen(SHARED));
    }

    @Test
    void strangersCodeIsCheckedOutWithTheRepositorysOwnKeyInstead() {
        KeyRing ring = KeyRing.of(List.of(DEPLOY, SHARED), KeyPolicy.DEPLOY_KEYS);

        assertThat(forApp(ring)).isEqualTo(new KeyChoice.Chosen(DEPLOY));
        assertThat(ring.choose(KeyScope.parse(LIB, true))).isInstanceOf(KeyChoice.None.class);
    }
}
