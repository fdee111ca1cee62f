package io.jenkins.plugins.bellhop.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which one key a repository gets. */
class KeyRingTest {

    private static final String APP = "git@github.com:owner/app.git";
    private static final String LIB = "git@github.com:owner/app-lib.git";
    private static final KeyScope APP_SCOPE = KeyScope.parse(APP, true);
    private static final KeyScope LIB_SCOPE = KeyScope.parse(LIB, true);

    private static final SshKeyPair ONE = SshKeyPair.ed25519("one");
    private static final SshKeyPair TWO = SshKeyPair.ed25519("two");
    private static final SshKeyPair THREE = SshKeyPair.ed25519("three");
    private static final SshKeyPair FOUR = SshKeyPair.ed25519("four");

    private static final RingKey BOUND = Keys.additional(ONE, "github.com/owner/app");
    private static final RingKey USER = Keys.user(TWO, APP);
    private static final RingKey DEPLOY = Keys.deploy(THREE, APP);
    private static final RingKey OF_HOST = Keys.additional(FOUR, "github.com");

    @Test
    void orderIsBoundToRepositoryThenUserThenDeployThenBoundToServer() {
        List<RingKey> order = List.of(BOUND, USER, DEPLOY, OF_HOST);
        for (int first = 0; first < order.size(); first++) {
            List<RingKey> left = new java.util.ArrayList<>(order.subList(first, order.size()));
            Collections.shuffle(left, new Random(first));

            assertThat(KeyRing.of(left, KeyPolicy.EVERY_KEY).choose(APP_SCOPE)).isEqualTo(chosen(order.get(first)));
        }
    }

    @Test
    void namedKeyGoesFirstWhateverItIs() {
        KeyRing ring = Keys.ring(BOUND, USER, DEPLOY, OF_HOST);

        assertThat(naming(ring, FOUR).choose(APP_SCOPE)).isEqualTo(chosen(OF_HOST));
        assertThat(naming(ring, THREE).choose(APP_SCOPE)).isEqualTo(chosen(DEPLOY));
        assertThat(naming(ring, FOUR, THREE).choose(APP_SCOPE)).isEqualTo(chosen(DEPLOY));
    }

    @Test
    void namedKeyGoesToNoRepositoryThatItIsNotFor() {
        KeyRing ring = naming(Keys.ring(DEPLOY, Keys.deploy(ONE, LIB)), THREE);

        assertThat(ring.choose(LIB_SCOPE)).isEqualTo(chosen(ring.keys().get(1)));
        assertThat(ring.choose(KeyScope.parse("github.com/owner/other", true))).isInstanceOf(KeyChoice.None.class);
    }

    @Test
    void keyIsNamedByEitherFingerprint() {
        KeyRing ring = Keys.ring(DEPLOY, OF_HOST);
        String md5 = Fingerprint.md5(FOUR.publicKey()).toString().substring("MD5:".length());

        assertThat(ring.naming(List.of(Fingerprint.parse(md5))).choose(APP_SCOPE))
                .isEqualTo(chosen(OF_HOST));
    }

    @Test
    void twoEqualsAreAnErrorThatNamesBoth() {
        RingKey other = Keys.additional(TWO, APP);
        KeyRing ring = Keys.ring(BOUND, other, DEPLOY);

        assertThat(ring.choose(APP_SCOPE))
                .isInstanceOfSatisfying(
                        KeyChoice.Torn.class,
                        torn -> assertThat(torn.sentence())
                                .contains(
                                        "github.com/owner/app",
                                        "additional key one",
                                        "additional key two",
                                        BOUND.fingerprint().toString(),
                                        other.fingerprint().toString()));
        assertThat(naming(ring, TWO).choose(APP_SCOPE)).isEqualTo(chosen(other));
    }

    @Test
    void oneKeyBoundTwiceIsNoConflict() {
        assertThat(Keys.ring(BOUND, Keys.additional(ONE, APP)).choose(APP_SCOPE))
                .isEqualTo(chosen(BOUND));
    }

    @Test
    void nameThatIsThePrefixOfAnotherIsAnotherRepository() {
        assertThat(Keys.ring(DEPLOY).choose(LIB_SCOPE)).isInstanceOf(KeyChoice.None.class);
    }

    @Test
    void everyRepositoryAndEveryServerHasOneRoute() {
        RingKey sameRepository = Keys.user(TWO, "ssh://git@github.com/Owner/APP");
        List<KeyRoute> routes = Keys.ring(OF_HOST, DEPLOY, sameRepository, Keys.deploy(ONE, LIB))
                .routes();

        assertThat(routes.stream().map(route -> route.target().toString().toLowerCase(java.util.Locale.ROOT)))
                .containsExactly("github.com/owner/app", "github.com/owner/app-lib", "github.com");
        assertThat(routes.get(0).choice()).isEqualTo(chosen(sameRepository));
    }

    @Test
    void strangersGetDeployKeysForTheCheckoutAndNothingOtherwise() {
        List<RingKey> all = List.of(BOUND, USER, DEPLOY, OF_HOST);

        assertThat(KeyRing.of(all, KeyPolicy.DEPLOY_KEYS).keys()).containsExactly(DEPLOY);
        assertThat(KeyRing.of(all, KeyPolicy.NO_KEY).keys()).isEmpty();
        assertThat(KeyRing.of(all, KeyPolicy.EVERY_KEY).keys()).isEqualTo(all);
    }

    @Test
    void unknownFingerprintIsRefusedWithTheKnownOnes() {
        KeyRing ring = Keys.ring(DEPLOY, OF_HOST);

        assertThatThrownBy(() -> naming(ring, ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the fingerprint of a key that this build may use, found "
                        + ONE.publicKey().fingerprint() + ". There are: deploy key three (" + DEPLOY.fingerprint()
                        + ") for github.com/owner/app; additional key four (" + OF_HOST.fingerprint()
                        + ") for github.com.");
        assertThatThrownBy(() -> naming(KeyRing.of(ring.keys(), KeyPolicy.NO_KEY), THREE))
                .hasMessageEndingWith("There is none.");
    }

    @Test
    void agentHoldsTheOneKeyOfEachServer() {
        RingKey elsewhere =
                Keys.deploy(ONE, "git@bitbucket.org:owner/lib", "ssh://git@ssh.bitbucket.org:443/owner/lib");

        assertThat(Keys.ring(DEPLOY, USER, elsewhere).forAgent())
                .contains(USER, elsewhere)
                .doesNotContain(DEPLOY);
        assertThat(Keys.ring().forAgent()).isEmpty();
    }

    @Test
    void agentHoldsTheNamedKeysAlone() {
        RingKey lib = Keys.deploy(ONE, LIB);

        assertThat(naming(Keys.ring(DEPLOY, lib, OF_HOST), ONE).forAgent()).containsExactly(lib);
        assertThat(naming(Keys.ring(DEPLOY, lib, OF_HOST), ONE, THREE).forAgent())
                .containsExactly(DEPLOY, lib);
    }

    @Test
    void agentGetsNoTwoKeysOfAServerUnlessTheyAreNamed() {
        KeyRing ring = Keys.ring(DEPLOY, Keys.deploy(ONE, LIB));

        assertThatThrownBy(ring::forAgent)
                .hasMessage(
                        "expected one key for github.com in an ssh-agent, since a server takes the first that it knows,"
                                + " whatever the repository; found deploy key three ("
                                + THREE.publicKey().fingerprint()
                                + ") and deploy key one (" + ONE.publicKey().fingerprint()
                                + "). Name what the ssh-agent is to hold by fingerprint.");
    }

    @Test
    void keysAreBounded() {
        List<RingKey> most = Collections.nCopies(KeyRing.MOST_KEYS, DEPLOY);
        assertThat(KeyRing.of(most, KeyPolicy.EVERY_KEY).keys()).hasSize(KeyRing.MOST_KEYS);

        List<RingKey> more = Stream.concat(most.stream(), Stream.of(DEPLOY)).toList();
        assertThatThrownBy(() -> KeyRing.of(more, KeyPolicy.EVERY_KEY))
                .hasMessage("expected at most 500 keys for one build, found 501");
    }

    @Test
    void showsNoPrivateHalf() {
        KeyRing ring = Keys.ring(DEPLOY, OF_HOST);

        assertThat(ring + " " + ring.keys() + ring.routes())
                .doesNotContain("PRIVATE")
                .contains("deploy key three");
    }

    private static KeyChoice chosen(RingKey key) {
        return new KeyChoice.Chosen(key);
    }

    private static KeyRing naming(KeyRing ring, SshKeyPair... pairs) {
        return ring.naming(
                Arrays.stream(pairs).map(pair -> pair.publicKey().fingerprint()).toList());
    }
}
