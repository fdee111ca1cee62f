package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.connect.Finding.Kind;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What might be better about the keys that builds of a repository get, although everything works. */
public final class KeyAdvice {

    /** Repositories that one key opens and that are compared: each may be a question for every user of Jenkins. */
    static final int MOST_COMPARED = 10;

    private final Readers readers;
    private final Duration longestAge;
    private final Clock clock;

    /** @param longestAge of a key */
    public KeyAdvice(Readers readers, Duration longestAge, Clock clock) {
        this.readers = readers;
        this.longestAge = longestAge;
        this.clock = clock;
    }

    /**
     * @param found what is known of the repository's connection
     * @param keys all that open several repositories
     */
    public List<Finding> on(RepositoryId repository, Health found, List<WideKey> keys) {
        List<Finding> advice = new ArrayList<>();
        for (WideKey key : keys) {
            if (key.opens(repository)) {
                whereADeployKeyWouldDo(repository, found, key).ifPresent(advice::add);
                ofAPerson(key).ifPresent(advice::add);
                reachingFurther(repository, key).ifPresent(advice::add);
                old(key).ifPresent(advice::add);
            }
        }
        return advice;
    }

    private static Optional<Finding> whereADeployKeyWouldDo(RepositoryId repository, Health found, WideKey key) {
        if (key.account().isEmpty() || !found.isWell()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Kind.DEPLOY_KEY_WOULD_DO,
                "Builds of " + repository + " get the " + named(key)
                        + ", which opens all that its account may open; the deploy key, which opens this repository alone, works.",
                "Unless builds push with it, remove the user key on Bellhop's page of users' keys: builds get the deploy"
                        + " key then."));
    }

    private Optional<Finding> ofAPerson(WideKey key) {
        return key.account()
                .filter(readers::isPerson)
                .map(account -> new Finding(
                        Kind.PERSONAL_ACCOUNT,
                        "The " + named(key) + " seems to be a person's: Jenkins knows a user " + account + ".",
                        "Make a user key with an account that no person logs in with, and remove this one."));
    }

    private Optional<Finding> reachingFurther(RepositoryId repository, WideKey key) {
        List<RepositoryId> others = key.opens().stream()
                .filter(other -> !other.equals(repository))
                .limit(MOST_COMPARED)
                .toList();
        for (RepositoryId other : others) {
            Optional<String> who = readers.whoConfiguresUnseeing(repository, other);
            if (who.isPresent()) {
                return Optional.of(new Finding(
                        Kind.KEY_REACHES_FURTHER,
                        who.get() + " may configure what builds " + repository + ", and so read with the " + named(key)
                                + "; that opens " + other + " too, whose jobs " + who.get() + " may not see.",
                        "Take the key away from " + repository + ", so that its builds get the deploy key, or let only"
                                + " those configure its jobs who may read both."));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> old(WideKey key) {
        Duration age = Duration.between(key.since(), clock.instant());
        return age.compareTo(longestAge) <= 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        Kind.WIDE_KEY_OLD,
                        "The " + named(key) + " is in use for " + age.toDays() + " days.",
                        "Rotate it on Bellhop's page of such keys, which Manage Jenkins, System, Bellhop leads to."));
    }

    private static String named(WideKey key) {
        return key.name() + " (" + key.fingerprint() + ")";
    }
}
