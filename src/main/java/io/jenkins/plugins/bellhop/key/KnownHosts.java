package io.jenkins.plugins.bellhop.key;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entries of a known_hosts file, read strictly: a line that can't be honoured is refused, never skipped, since a
 * skipped {@code @revoked} would be trust. Hashed names, patterns, exclusions and ports are understood;
 * {@code @cert-authority} isn't accepted. Immutable.
 */
public final class KnownHosts {

    /** Characters; some 2,500 keys of RSA-3072. */
    public static final int LONGEST_TEXT = 1 << 20;

    private static final KnownHosts NONE = new KnownHosts(List.of());

    private final List<KnownHostsLine> lines;

    private KnownHosts(List<KnownHostsLine> lines) {
        this.lines = List.copyOf(lines);
    }

    public static KnownHosts none() {
        return NONE;
    }

    /**
     * Reads a file's text, as people paste it or as {@code ssh-keyscan} prints it. Comments and empty lines are dropped.
     *
     * @throws KeyFormatException naming the line, what was expected and what was found
     */
    public static KnownHosts parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new KeyFormatException(
                    "expected at most " + LONGEST_TEXT + " characters of known hosts, found " + text.length());
        }
        List<KnownHostsLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                lines.add(parseLine(number, line));
            }
        }
        return new KnownHosts(lines);
    }

    private static KnownHostsLine parseLine(int number, String line) {
        try {
            return KnownHostsLine.parse(line);
        } catch (KeyFormatException e) {
            throw new KeyFormatException("line " + number + ": " + e.getMessage());
        }
    }

    /** These entries and one for each of the keys. */
    public KnownHosts plus(SshHost host, Collection<OpenSshPublicKey> keys) {
        return plus(new KnownHosts(
                keys.stream().map(key -> KnownHostsLine.trusting(host, key)).toList()));
    }

    /** These entries and the others; what is there twice is kept once. */
    public KnownHosts plus(KnownHosts others) {
        Map<String, KnownHostsLine> byText = new LinkedHashMap<>();
        Stream.concat(lines.stream(), others.lines.stream()).forEach(line -> byText.putIfAbsent(line.toString(), line));
        return new KnownHosts(List.copyOf(byText.values()));
    }

    List<KnownHostsLine> lines() {
        return lines;
    }

    /** Keys that the entries for exactly this host and port trust, in their order. */
    public List<OpenSshPublicKey> trustedFor(SshHost host) {
        return keys(host, false);
    }

    /** Keys that are marked as revoked for this host and port. */
    public List<OpenSshPublicKey> revokedFor(SshHost host) {
        return keys(host, true);
    }

    private List<OpenSshPublicKey> keys(SshHost host, boolean revoked) {
        return lines.stream()
                .filter(line -> line.revoked() == revoked && line.hosts().matches(host))
                .map(KnownHostsLine::key)
                .distinct()
                .toList();
    }

    /** As a file; reading it gives equal entries. */
    public String text() {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return lines.size() + " known hosts entries";
    }
}
