package io.jenkins.plugins.bellhop.jenkins.connection;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection.Credentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What somebody may mean who types a repository's address: first the configured forges, and once a forge is named, the
 * repositories that the chosen credential's account administers there. A token goes to no forge that wasn't named.
 */
public final class Suggestions {

    /** Repositories of an account that are looked at: ten pages at most forges. */
    static final int MOST_LISTED = 1_000;
    /** Suggestions at a time; who wants others types on. */
    static final int MOST_SHOWN = 20;
    /** Accounts whose lists are remembered. */
    static final int MOST_ACCOUNTS = 100;
    /** How long a list serves while somebody types. */
    static final Duration SERVES = Duration.ofMinutes(1);

    private static final Logger LOGGER = Logger.getLogger(Suggestions.class.getName());

    private final Forges forges;
    private final Function<Credentials, Optional<Secret>> tokens;
    private final Clock clock;
    private final Map<Account, Listed> known = new LinkedHashMap<>();

    /** @param tokens finds an API credential where its item is */
    public Suggestions(Forges forges, Function<Credentials, Optional<Secret>> tokens, Clock clock) {
        this.forges = forges;
        this.tokens = tokens;
        this.clock = clock;
    }

    private record Account(String host, Credentials credentials) {}

    private record Listed(Instant at, List<RepositoryName> names) {}

    /** @param credentials the caller knows that its user may use them */
    public List<String> of(Credentials credentials, String typed) {
        String text = typed.trim().toLowerCase(Locale.ROOT);
        Optional<Forge> named = forges.all().stream()
                .filter(forge -> text.contains(forge.host()))
                .findFirst();
        Stream<String> found = named.isPresent()
                ? addresses(named.get(), text, credentials)
                : forges.all().stream().map(Suggestions::start).filter(start -> start.contains(text));
        return found.limit(MOST_SHOWN).toList();
    }

    private static String start(Forge forge) {
        return "https://" + forge.host() + "/";
    }

    private Stream<String> addresses(Forge forge, String text, Credentials credentials) {
        String wanted = text.substring(text.indexOf(forge.host()) + forge.host().length())
                .replaceFirst("^(:\\d+)?[:/]*(scm/)?", "");
        return administered(forge, credentials).stream()
                .filter(name -> name.toString().toLowerCase(Locale.ROOT).contains(wanted))
                .map(forge::addressOf);
    }

    private List<RepositoryName> administered(Forge forge, Credentials credentials) {
        Account account = new Account(forge.host(), credentials);
        Optional<List<RepositoryName>> remembered = remembered(account);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        List<RepositoryName> names =
                tokens.apply(credentials).map(token -> listed(forge, token)).orElse(List.of());
        remember(account, names);
        return names;
    }

    private static List<RepositoryName> listed(Forge forge, Secret token) {
        try {
            return forge.api(token).repositories().administered(MOST_LISTED);
        } catch (ForgeFailure failure) {
            LOGGER.log(Level.FINE, "No repositories to suggest", failure);
            return List.of();
        }
    }

    private synchronized Optional<List<RepositoryName>> remembered(Account account) {
        known.values().removeIf(listed -> listed.at().plus(SERVES).isBefore(clock.instant()));
        return Optional.ofNullable(known.get(account)).map(Listed::names);
    }

    private synchronized void remember(Account account, List<RepositoryName> names) {
        if (known.size() >= MOST_ACCOUNTS) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(account, new Listed(clock.instant(), names));
    }
}
