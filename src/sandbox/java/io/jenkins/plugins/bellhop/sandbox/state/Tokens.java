package io.jenkins.plugins.bellhop.sandbox.state;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The tokens of the forge, found by their text. */
public final class Tokens {

    private final ForgeState forge;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, AccessToken> all = new ConcurrentHashMap<>();

    Tokens(ForgeState forge) {
        this.forge = forge;
    }

    /** A new token; the prefix tells its kind, as the forge's own tokens do. */
    public String create(String prefix, String login, AccessToken.Kind kind, Set<String> rights) {
        return create(prefix, forge.account(login), kind, rights, Optional.empty());
    }

    /** A token that belongs to a repository or project; it acts as an account of its own. */
    public String createBound(String prefix, Set<String> rights, Predicate<SandboxRepository> bounds) {
        Account robot = forge.account("robot-" + forge.nextId());
        return create(prefix, robot, AccessToken.Kind.SCOPES, rights, Optional.of(bounds));
    }

    /** The live token of this text. */
    public Optional<AccessToken> find(String text) {
        return Optional.ofNullable(all.get(text))
                .filter(token -> token.expiry().map(Instant.now()::isBefore).orElse(true));
    }

    /** Deletes a token, and with it the deploy keys that were made with it if that is the forge's habit. */
    public void revoke(String text) {
        AccessToken token = all.remove(text);
        if (token == null) {
            throw new IllegalArgumentException("No such token");
        }
        if (forge.face().habits().keysDieWithTheirToken()) {
            forge.repositories().forEach(repository -> repository.settings().removeKeysOf(token));
        }
    }

    private String create(
            String prefix,
            Account account,
            AccessToken.Kind kind,
            Set<String> rights,
            Optional<Predicate<SandboxRepository>> bounds) {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        String text = prefix + HexFormat.of().formatHex(bytes);
        all.put(text, new AccessToken(forge.nextId(), account, kind, rights, bounds));
        return text;
    }
}
