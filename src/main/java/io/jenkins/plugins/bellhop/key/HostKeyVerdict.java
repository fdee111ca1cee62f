package io.jenkins.plugins.bellhop.key;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What to think of the host key that a server shows. Only {@link Trusted} may be connected to; the others say why not
 * and what to check.
 */
public sealed interface HostKeyVerdict {

    /** The server's host and the key it showed, in a sentence for people. */
    String sentence();

    default boolean isTrusted() {
        return this instanceof Trusted;
    }

    <T> T match(
            Function<Trusted, T> trusted,
            Function<Revoked, T> revoked,
            Function<Changed, T> changed,
            Function<Unknown, T> unknown);

    record Trusted(SshHost host, OpenSshPublicKey found) implements HostKeyVerdict {

        @Override
        public String sentence() {
            return host + " showed " + shown(found) + ", as expected.";
        }

        @Override
        public <T> T match(
                Function<Trusted, T> trusted,
                Function<Revoked, T> revoked,
                Function<Changed, T> changed,
                Function<Unknown, T> unknown) {
            return trusted.apply(this);
        }
    }

    /** The key was withdrawn by its owner or an administrator; others may hold its private half. */
    record Revoked(SshHost host, OpenSshPublicKey found, String whereToCheck) implements HostKeyVerdict {

        @Override
        public String sentence() {
            return host + " showed " + shown(found) + ", which is revoked: whoever answers may not be " + host.name()
                    + ". Don't connect; look for a proxy or a false address of this host, and see " + whereToCheck
                    + ".";
        }

        @Override
        public <T> T match(
                Function<Trusted, T> trusted,
                Function<Revoked, T> revoked,
                Function<Changed, T> changed,
                Function<Unknown, T> unknown) {
            return revoked.apply(this);
        }
    }

    /** @param expected the trusted keys, at least one */
    record Changed(SshHost host, List<OpenSshPublicKey> expected, OpenSshPublicKey found, String whereToCheck)
            implements HostKeyVerdict {

        public Changed {
            expected = List.copyOf(expected);
        }

        @Override
        public String sentence() {
            String known = expected.stream().map(HostKeyVerdict::shown).collect(Collectors.joining(", "));
            return host + " showed " + shown(found) + ", expected was one of: " + known
                    + ". Either the server has a new key or somebody stands in between: compare with " + whereToCheck
                    + " before you accept the new one.";
        }

        @Override
        public <T> T match(
                Function<Trusted, T> trusted,
                Function<Revoked, T> revoked,
                Function<Changed, T> changed,
                Function<Unknown, T> unknown) {
            return changed.apply(this);
        }
    }

    record Unknown(SshHost host, OpenSshPublicKey found) implements HostKeyVerdict {

        @Override
        public String sentence() {
            return host + " showed " + shown(found) + ", and no key of this host is known. Ask the server's"
                    + " administrator for the fingerprint; if it is the same, confirm it once.";
        }

        @Override
        public <T> T match(
                Function<Trusted, T> trusted,
                Function<Revoked, T> revoked,
                Function<Changed, T> changed,
                Function<Unknown, T> unknown) {
            return unknown.apply(this);
        }
    }

    private static String shown(OpenSshPublicKey key) {
        return "the " + key.type() + " host key " + key.fingerprint();
    }
}
