package io.jenkins.plugins.bellhop.key;

import java.util.regex.Pattern;

/** One entry of a known_hosts file: {@code [@revoked] hosts type base64 [comment]}. */
record KnownHostsLine(boolean revoked, HostPatterns hosts, OpenSshPublicKey key) {

    private static final String REVOKED = "@revoked";
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    static KnownHostsLine trusting(SshHost host, OpenSshPublicKey key) {
        return new KnownHostsLine(false, HostPatterns.of(host), key);
    }

    static KnownHostsLine revoking(SshHost host, OpenSshPublicKey key) {
        return new KnownHostsLine(true, HostPatterns.of(host), key);
    }

    /** @throws KeyFormatException for anything else, certificate authorities among it: nothing here checks certificates */
    static KnownHostsLine parse(String line) {
        String[] words = BLANKS.split(line.strip(), 2);
        boolean revoked = words[0].equals(REVOKED);
        if (words[0].startsWith("@") && !revoked) {
            throw new KeyFormatException("expected a host name or " + REVOKED
                    + ", found another marker: host certificates aren't supported, list the host's own keys");
        }
        String[] hostsAndKey = revoked ? BLANKS.split(words.length < 2 ? "" : words[1], 2) : words;
        if (hostsAndKey.length < 2) {
            throw new KeyFormatException("expected host names, key type and key, found fewer words");
        }
        return new KnownHostsLine(revoked, HostPatterns.parse(hostsAndKey[0]), OpenSshPublicKey.parse(hostsAndKey[1]));
    }

    @Override
    public String toString() {
        String entry = hosts + " " + key.line();
        return revoked ? REVOKED + " " + entry : entry;
    }
}
