package io.jenkins.plugins.bellhop.sandbox.state;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A token of an account and what it was given; its text is only the key it is found by. */
public final class AccessToken {

    /** Scopes cover everything the account may reach; permissions are named one by one. */
    public enum Kind {
        SCOPES,
        PERMISSIONS
    }

    private final long id;
    private final Account account;
    private final Kind kind;
    private final Set<String> rights;
    private final Optional<Predicate<SandboxRepository>> bounds;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Instant expiry;

    AccessToken(
            long id, Account account, Kind kind, Set<String> rights, Optional<Predicate<SandboxRepository>> bounds) {
        this.bounds = bounds;
        this.id = id;
        this.account = account;
        this.kind = kind;
        this.rights = Set.copyOf(rights);
    }

    public long id() {
        return id;
    }

    public Account account() {
        return account;
    }

    public String login() {
        return account.login();
    }

    public Kind kind() {
        return kind;
    }

    /** Scopes or permissions, sorted. */
    public Set<String> rights() {
        return new TreeSet<>(rights);
    }

    public boolean hasAny(Set<String> wanted) {
        return wanted.stream().anyMatch(rights::contains);
    }

    /** Whether it belongs to a repository or project, and to no person. */
    public boolean bound() {
        return bounds.isPresent();
    }

    /** False for what lies outside the repository or project that the token belongs to. */
    public boolean reaches(SandboxRepository repository) {
        return bounds.map(within -> within.test(repository)).orElse(true);
    }

    public Optional<Instant> expiry() {
        return Optional.ofNullable(expiry);
    }

    public void expireAt(Instant time) {
        expiry = time;
    }

    /** Requests counted against the token's hourly allowance, this one included. */
    public int count() {
        return requests.incrementAndGet();
    }

    /** Requests counted so far. */
    public int counted() {
        return requests.get();
    }
}
