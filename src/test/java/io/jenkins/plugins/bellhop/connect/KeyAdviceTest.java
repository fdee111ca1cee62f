package io.jenkins.plugins.bellhop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.connect.Finding.Kind;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyAdviceTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration AGE = Duration.ofDays(90);
    private static final RepositoryId APP = repository("app");
    private static final RepositoryId SECRET = repository("secret");
    private static final RepositoryId ELSEWHERE = repository("elsewhere");
    private static final Health WELL = health();
    private static final Health ILL = health(new Finding(Kind.KEY_MISSING, "It is gone.", "Repair."));

    private final MovableClock clock = new MovableClock(START);
    private final Set<String> people = new HashSet<>();
    private Optional<String> unseeing = Optional.empty();

    private final Readers readers = new Readers() {
        @Override
        public boolean isPerson(String account) {
            return people.contains(account);
        }

        @Override
        public Optional<String> whoConfiguresUnseeing(RepositoryId configured, RepositoryId unseen) {
            assertThat(configured).isNotEqualTo(unseen);
            return unseeing.filter(who -> unseen.equals(SECRET));
        }
    };

    private static RepositoryId repository(String name) {
        return new RepositoryId("bitbucket.org", "{" + name + "}", new RepositoryName("acme", name));
    }

    private static Health health(Finding... findings) {
        return new Health(START, List.of(findings), Optional.empty(), Optional.empty());
    }

    private static WideKey userKey(RepositoryId... opens) {
        return key("user key of bot", Optional.of("bot"), opens);
    }

    private static WideKey sharedKey(RepositoryId... opens) {
        return key("shared key libs", Optional.empty(), opens);
    }

    private static WideKey key(String name, Optional<String> account, RepositoryId... opens) {
        return new WideKey(name, SshKeyPair.ed25519("").publicKey().fingerprint(), account, START, List.of(opens));
    }

    private List<Finding> on(Health health, WideKey... keys) {
        List<Finding> advice = new KeyAdvice(readers, AGE, clock).on(APP, health, List.of(keys));
        assertThat(advice).allSatisfy(finding -> {
            assertThat(finding.isAdvice()).isTrue();
            assertThat(finding.isRepairable()).isFalse();
            assertThat(finding.sentence()).endsWith(".");
            assertThat(finding.cure()).endsWith(".");
        });
        return advice;
    }

    private Finding only(Kind kind, WideKey key) {
        List<Finding> advice = on(ILL, key);
        assertThat(advice).extracting(Finding::kind).containsExactly(kind);
        assertThat(advice.get(0).sentence())
                .contains(key.name())
                .contains(key.fingerprint().toString());
        return advice.get(0);
    }

    @Test
    void aUserKeyWhereTheDeployKeyWorks() {
        assertThat(on(WELL, userKey(APP)))
                .singleElement()
                .matches(finding -> finding.kind() == Kind.DEPLOY_KEY_WOULD_DO)
                .matches(finding -> finding.sentence().contains("acme/app"));
        assertThat(on(ILL, userKey(APP))).as("the deploy key doesn't").isEmpty();
        assertThat(on(WELL, sharedKey(APP))).as("it is a deploy key").isEmpty();
    }

    @Test
    void aKeyThatBuildsOfTheRepositoryDoNotGetIsNoneOfItsBusiness() {
        people.add("bot");
        clock.pass(AGE.multipliedBy(2));

        assertThat(on(WELL, userKey(ELSEWHERE), sharedKey(SECRET))).isEmpty();
    }

    @Test
    void anAccountUnderWhichSomebodyWorks() {
        people.add("bot");

        assertThat(only(Kind.PERSONAL_ACCOUNT, userKey(APP)).sentence()).contains("a user bot");
    }

    @Test
    void somebodyWhoConfiguresTheJobAndMaySeeLessThanItsKeyOpens() {
        unseeing = Optional.of("alice");

        assertThat(on(ILL, sharedKey(APP, ELSEWHERE))).isEmpty();
        assertThat(only(Kind.KEY_REACHES_FURTHER, sharedKey(APP, ELSEWHERE, SECRET))
                        .sentence())
                .contains("alice may configure what builds acme/app")
                .contains("opens acme/secret too");
    }

    @Test
    void soManyRepositoriesAreCompared() {
        unseeing = Optional.of("alice");
        List<RepositoryId> opens = new ArrayList<>(List.of(APP));
        while (opens.size() < KeyAdvice.MOST_COMPARED) {
            opens.add(repository("other" + opens.size()));
        }

        opens.add(SECRET);
        assertThat(on(ILL, userKey(opens.toArray(RepositoryId[]::new))))
                .extracting(Finding::kind)
                .contains(Kind.KEY_REACHES_FURTHER);

        opens.add(1, ELSEWHERE);
        assertThat(on(ILL, userKey(opens.toArray(RepositoryId[]::new))))
                .extracting(Finding::kind)
                .doesNotContain(Kind.KEY_REACHES_FURTHER);
    }

    @Test
    void aKeyOlderThanItShouldBecome() {
        clock.pass(AGE);
        assertThat(on(ILL, sharedKey(APP))).isEmpty();
        clock.pass(Duration.ofMillis(1));

        assertThat(only(Kind.WIDE_KEY_OLD, sharedKey(APP)).sentence()).contains("90 days");
    }
}
