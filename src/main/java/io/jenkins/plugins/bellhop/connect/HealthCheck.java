package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.connect.Finding.Kind;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Hook;
import io.jenkins.plugins.bellhop.forge.LastDelivery;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Looks whether a connection still works, before a build finds out. Changes nothing. */
public final class HealthCheck {

    /** A key that is in use for longer should be changed: nobody knows any more who has seen it. */
    public static final Duration OLD_KEY = Duration.ofDays(365);

    private static final String REPAIR = "If nobody removed it on purpose, choose Repair: Bellhop makes a new one.";

    private final Site site;
    private final KeyProof proof;
    private final Duration longestAge;
    private final Clock clock;

    public HealthCheck(Site site, KeyProof proof, Clock clock) {
        this(site, proof, OLD_KEY, clock);
    }

    /** @param longestAge of a deploy key */
    public HealthCheck(Site site, KeyProof proof, Duration longestAge, Clock clock) {
        this.longestAge = longestAge;
        this.site = site;
        this.proof = proof;
        this.clock = clock;
    }

    /**
     * @param keySince since when the deploy key is in use, where that is known
     * @throws ForgeFailure when nothing can be said, since the forge can't be asked at the moment
     */
    public Health check(Custody custody, Optional<Instant> keySince, ForgeApi api) throws ForgeFailure {
        List<Finding> findings = new ArrayList<>();
        Optional<Instant> lastUsed = Optional.empty();
        Optional<String> owner = Optional.empty();
        try {
            RepositoryId repository = api.repositories()
                    .current(custody.connection().repository())
                    .id();
            Optional<DeployKey> key = key(custody, repository, api);
            lastUsed = key.flatMap(DeployKey::lastUsed);
            checkKey(custody, key, findings);
            checkHook(custody, repository, api, findings);
            owner = owner(api);
        } catch (ForgeFailure failure) {
            findings.add(refused(failure));
        }
        checkAge(keySince, findings);
        return new Health(clock.instant(), findings, lastUsed, owner);
    }

    /** Apps have no owner, and what a credential needs for its work doesn't always let it say whose it is. */
    private static Optional<String> owner(ForgeApi api) {
        try {
            return Optional.of(api.userKeys().owner());
        } catch (ForgeFailure unknown) {
            return Optional.empty();
        }
    }

    /** The forge's sentence says what to do: scopes, single sign-on, restrictions of the organisation. */
    private static Finding refused(ForgeFailure failure) throws ForgeFailure {
        if (failure.mayPass() || failure.kind() == ForgeFailure.Kind.UNREADABLE_ANSWER) {
            throw failure;
        }
        return failure.kind() == ForgeFailure.Kind.NOT_FOUND
                ? new Finding(
                        Kind.REPOSITORY_NOT_FOUND,
                        failure.getMessage(),
                        "If the repository is gone, disconnect; if it is there, the API credential doesn't see it any more:"
                                + " choose another one.")
                : new Finding(
                        Kind.CREDENTIAL_REFUSED,
                        failure.getMessage(),
                        "Builds still get their key, but Bellhop can't look after it: choose another API credential, or"
                                + " give this one what it lacks.");
    }

    private static Optional<DeployKey> key(Custody custody, RepositoryId repository, ForgeApi api) throws ForgeFailure {
        String line = custody.connection().publicKey().line();
        return api.deployKeys().list(repository).stream()
                .filter(key -> key.isKeyOf(line))
                .findFirst();
    }

    private void checkKey(Custody custody, Optional<DeployKey> key, List<Finding> findings) {
        String named = "The deploy key " + custody.connection().fingerprint();
        if (custody.usableKey().isEmpty()) {
            findings.add(new Finding(
                    Kind.KEY_REVOKED,
                    named + " is revoked, and builds wait.",
                    "Choose Repair: it says why there is no new one yet."));
        } else if (key.isEmpty()) {
            findings.add(new Finding(Kind.KEY_MISSING, named + " isn't at the forge any more.", REPAIR));
        } else {
            checkKeyThatIsThere(named, custody, key.get(), findings);
        }
    }

    private void checkKeyThatIsThere(String named, Custody custody, DeployKey key, List<Finding> findings) {
        if (!key.readOnly()) {
            findings.add(new Finding(
                    Kind.KEY_MAY_WRITE,
                    named + " may write, although Bellhop made it read-only.",
                    "Choose Repair: a new key that may only read takes its place."));
        }
        if (!key.enabled()) {
            findings.add(
                    new Finding(
                            Kind.KEY_DISABLED,
                            named + " is switched off: the organisation forbids deploy keys.",
                            "An owner of the organisation allows them under Settings, Member privileges, Deploy keys"
                                    + " (https://docs.github.com/organizations/managing-organization-settings/restricting-deploy-keys-in-your-organization)."));
        } else if (!key.verified()) {
            findings.add(new Finding(
                    Kind.KEY_NOT_VERIFIED,
                    named + " waits for somebody's approval at the forge.",
                    "Approve of it on the repository's page of deploy keys."));
        } else {
            proofFailure(custody)
                    .ifPresent(sentence -> findings.add(new Finding(
                            Kind.KEY_OPENS_NOTHING,
                            named + " is at the forge, but git can't read the repository with it: " + sentence,
                            "Follow what is said there; builds fail in the same way.")));
        }
    }

    private Optional<String> proofFailure(Custody custody) {
        SshKeyPair key = SshKeyPair.stored(
                custody.connection().publicKey(), custody.secrets().privateKey().reveal());
        return proof.failure(custody.connection().sshUrl(), key);
    }

    private void checkHook(Custody custody, RepositoryId repository, ForgeApi api, List<Finding> findings)
            throws ForgeFailure {
        String url = site.hookUrl(custody.secrets().hookPath()).toString();
        Optional<Hook> hook = api.hooks().list(repository).stream()
                .filter(each -> each.url().equals(url))
                .findFirst();
        if (hook.isEmpty()) {
            findings.add(new Finding(
                    Kind.HOOK_MISSING,
                    "The webhook isn't at the forge any more: pushes and pull requests are found at the hourly look alone.",
                    REPAIR));
            return;
        }
        checkHookThatIsThere(hook.get(), repository, api, findings);
    }

    private static void checkHookThatIsThere(Hook hook, RepositoryId repository, ForgeApi api, List<Finding> findings)
            throws ForgeFailure {
        if (!hook.active()) {
            findings.add(new Finding(
                    Kind.HOOK_OFF,
                    "The webhook is switched off at the forge.",
                    "If nobody did so on purpose, switch it on there."));
        }
        if (hook.hasSecret().filter(signed -> !signed).isPresent()) {
            findings.add(new Finding(
                    Kind.HOOK_UNSIGNED,
                    "The webhook has no secret any more, so that its deliveries are refused.",
                    "Choose Repair: it sets the secret again."));
        }
        TreeSet<String> lacking = new TreeSet<>(api.hooks().wantedEvents());
        lacking.removeAll(hook.events());
        if (!lacking.isEmpty()) {
            findings.add(new Finding(
                    Kind.HOOK_LACKS_EVENTS,
                    "Somebody took events from the webhook: " + String.join(", ", lacking) + ".",
                    "Bellhop respects that; what they tell is found at the hourly look alone. Add them at the forge if"
                            + " that isn't wanted."));
        }
        Optional<LastDelivery> last = api.hooks().lastDelivery(repository, hook);
        last.filter(delivery -> !delivery.accepted())
                .ifPresent(delivery -> findings.add(new Finding(
                        Kind.DELIVERY_FAILED,
                        "The last delivery, at " + delivery.at() + ", failed: " + delivery.outcome() + ".",
                        "See whether the forge can reach Jenkins under its own URL; the hourly look makes up for what was"
                                + " lost.")));
    }

    private void checkAge(Optional<Instant> keySince, List<Finding> findings) {
        keySince.map(since -> Duration.between(since, clock.instant()))
                .filter(age -> age.compareTo(longestAge) > 0)
                .ifPresent(age -> findings.add(new Finding(
                        Kind.KEY_OLD,
                        "The deploy key is in use for " + age.toDays() + " days.",
                        "Rotate it, or let that be done by age under Manage Jenkins, System, Bellhop.")));
    }
}
