package io.jenkins.plugins.bellhop.key;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which host keys are trusted: the pinned ones of github.com and bitbucket.org, and for other hosts what an
 * administrator has confirmed. The one source for both the known_hosts files given to ssh and Jenkins' own host key
 * check. Always strict: nothing is learnt by connecting. Immutable.
 */
public final class HostKeys {

    /** Keys of one forge; both have three, one for each type. */
    public static final int MOST_PINS = 16;

    private final Map<PinnedForge, List<OpenSshPublicKey>> pins;
    private final KnownHosts confirmed;

    private HostKeys(Map<PinnedForge, List<OpenSshPublicKey>> pins, KnownHosts confirmed) {
        this.pins = pins;
        this.confirmed = confirmed;
    }

    /** The built-in pins alone. */
    public static HostKeys pinned() {
        Map<PinnedForge, List<OpenSshPublicKey>> pins = new EnumMap<>(PinnedForge.class);
        for (PinnedForge forge : PinnedForge.values()) {
            pins.put(forge, forge.currentKeys());
        }
        return new HostKeys(pins, KnownHosts.none());
    }

    /**
     * With the keys that the forge's own page or interface lists now, instead of the ones before.
     *
     * @throws KeyFormatException when the list is empty, too long, or contains a withdrawn key: then the page isn't to
     *     be believed and the pins before stay
     */
    public HostKeys refreshed(PinnedForge forge, Collection<OpenSshPublicKey> current) {
        if (current.isEmpty() || current.size() > MOST_PINS) {
            throw new KeyFormatException("expected 1 to " + MOST_PINS + " host keys of "
                    + forge.hosts().get(0) + ", found " + current.size());
        }
        current.stream().filter(PinnedForge::isWithdrawn).findFirst().ifPresent(key -> {
            throw new KeyFormatException(withdrawn(key, forge.hosts().get(0).toString()));
        });
        Map<PinnedForge, List<OpenSshPublicKey>> refreshed = new EnumMap<>(pins);
        refreshed.put(forge, List.copyOf(current));
        return new HostKeys(refreshed, confirmed);
    }

    /**
     * With keys that an administrator has compared with the host's fingerprints.
     *
     * @throws KeyFormatException as {@link #confirmed(KnownHosts)}
     */
    public HostKeys confirmed(SshHost host, Collection<OpenSshPublicKey> keys) {
        return confirmed(KnownHosts.none().plus(host, keys));
    }

    /**
     * With entries that an administrator vouches for.
     *
     * @throws KeyFormatException when one would trust a withdrawn key, or another key than the pinned ones for a pinned
     *     host
     */
    public HostKeys confirmed(KnownHosts entries) {
        entries.lines().stream()
                .map(this::objection)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(objection -> {
                    throw new KeyFormatException(objection);
                });
        return restored(entries);
    }

    /**
     * With entries that were confirmed earlier and stored. They are taken as they are: pins may have been refreshed since,
     * and no entry adds trust for a pinned host or a withdrawn key whatever it says.
     */
    public HostKeys restored(KnownHosts stored) {
        return new HostKeys(pins, confirmed.plus(stored));
    }

    /** The keys pinned for a forge. */
    public List<OpenSshPublicKey> pinsOf(PinnedForge forge) {
        return pins.get(forge);
    }

    /** Why an entry may not be added; empty when it may. */
    private Optional<String> objection(KnownHostsLine line) {
        if (line.revoked()) {
            return Optional.empty();
        }
        if (PinnedForge.isWithdrawn(line.key())) {
            return Optional.of(withdrawn(line.key(), line.hosts().toString()));
        }
        return pins.entrySet().stream()
                .filter(pin -> !pin.getValue().contains(line.key()))
                .flatMap(pin -> pin.getKey().hosts().stream()
                        .filter(line.hosts()::matches)
                        .map(host -> notPinned(line, host, pin.getKey())))
                .findFirst();
    }

    private static String notPinned(KnownHostsLine line, SshHost host, PinnedForge forge) {
        return "expected one of the pinned host keys of " + host + ", found "
                + line.key().type() + " "
                + line.key().fingerprint() + " in the entry for " + line.hosts() + "; if " + host
                + " has new keys, refresh the pins. Its fingerprints: " + forge.page();
    }

    private static String withdrawn(OpenSshPublicKey key, String hosts) {
        return "expected a current host key for " + hosts + ", found " + key.type() + " " + key.fingerprint()
                + ", which GitHub or Bitbucket has withdrawn; delete this entry";
    }

    /** What administrators have added, to be stored; without the pins. */
    public KnownHosts confirmed() {
        return confirmed;
    }

    /**
     * The keys this host may show. As OpenSSH does, keys of the host's usual port serve for another port that has none
     * of its own.
     */
    public List<OpenSshPublicKey> trustedFor(SshHost host) {
        List<OpenSshPublicKey> exact = keysOf(host);
        List<OpenSshPublicKey> keys = exact.isEmpty() ? keysOf(SshHost.of(host.name())) : exact;
        return keys.stream().filter(key -> !isRevoked(host, key)).toList();
    }

    private List<OpenSshPublicKey> keysOf(SshHost host) {
        return PinnedForge.of(host).map(pins::get).orElseGet(() -> confirmed.trustedFor(host));
    }

    private boolean isRevoked(SshHost host, OpenSshPublicKey key) {
        return PinnedForge.isWithdrawn(key) || revokedFor(host).contains(key);
    }

    private List<OpenSshPublicKey> revokedFor(SshHost host) {
        List<OpenSshPublicKey> revoked = new ArrayList<>(PinnedForge.withdrawnKeys());
        revoked.addAll(confirmed.revokedFor(host));
        revoked.addAll(confirmed.revokedFor(SshHost.of(host.name())));
        return revoked.stream().distinct().toList();
    }

    /** A known_hosts file for this host alone; without any trusted key when the host is unknown. */
    public String fileFor(SshHost host) {
        Stream<KnownHostsLine> revoked = revokedFor(host).stream().map(key -> KnownHostsLine.revoking(host, key));
        Stream<KnownHostsLine> trusted = trustedFor(host).stream().map(key -> KnownHostsLine.trusting(host, key));
        return text(Stream.concat(revoked, trusted));
    }

    /** A known_hosts file for all hosts. Stored entries that may no longer add trust are left out. */
    public String text() {
        Stream<KnownHostsLine> revoked =
                PinnedForge.withdrawnKeys().stream().map(key -> new KnownHostsLine(true, HostPatterns.parse("*"), key));
        Stream<KnownHostsLine> pinned = pins.entrySet().stream()
                .flatMap(pin -> pin.getKey().hosts().stream()
                        .flatMap(host -> pin.getValue().stream().map(key -> KnownHostsLine.trusting(host, key))));
        Stream<KnownHostsLine> others =
                confirmed.lines().stream().filter(line -> objection(line).isEmpty());
        return text(Stream.of(revoked, pinned, others).flatMap(lines -> lines));
    }

    private static String text(Stream<KnownHostsLine> lines) {
        return lines.map(line -> line + "\n").collect(Collectors.joining());
    }

    public HostKeyVerdict verdict(SshHost host, OpenSshPublicKey found) {
        if (isRevoked(host, found)) {
            return new HostKeyVerdict.Revoked(host, found, whereToCheck(host));
        }
        List<OpenSshPublicKey> trusted = trustedFor(host);
        if (trusted.contains(found)) {
            return new HostKeyVerdict.Trusted(host, found);
        }
        if (trusted.isEmpty()) {
            return new HostKeyVerdict.Unknown(host, found);
        }
        return new HostKeyVerdict.Changed(host, trusted, found, whereToCheck(host));
    }

    private static String whereToCheck(SshHost host) {
        return PinnedForge.of(host)
                .map(PinnedForge::page)
                .orElse("the fingerprints that the server's administrator gives you");
    }

    @Override
    public String toString() {
        return pins.size() + " pinned forges, " + confirmed;
    }
}
