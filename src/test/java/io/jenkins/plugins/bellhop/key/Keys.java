package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Keys for rings, in tests. */
final class Keys {

    private Keys() {}

    /** A deploy key for repositories of servers that ignore case. */
    static RingKey deploy(SshKeyPair pair, String... urls) {
        return key(RingKey.Kind.DEPLOY, pair, urls);
    }

    static RingKey user(SshKeyPair pair, String... urls) {
        return key(RingKey.Kind.USER, pair, urls);
    }

    static RingKey additional(SshKeyPair pair, String scope) {
        return RingKey.additional(
                "additional key " + pair.publicKey().comment(),
                pair.publicKey(),
                KeyScope.parse(scope, true),
                pair::privateText);
    }

    private static RingKey key(RingKey.Kind kind, SshKeyPair pair, String... urls) {
        List<KeyScope> scopes = Arrays.stream(urls)
                .map(url -> KeyScope.of(RemoteUrl.parse(url), true))
                .toList();
        String name = (kind + " key " + pair.publicKey().comment()).toLowerCase(java.util.Locale.ROOT);
        return new RingKey(kind, name, pair.publicKey(), scopes, pair::privateText);
    }

    static KeyRing ring(RingKey... keys) {
        return KeyRing.of(List.of(keys), KeyPolicy.EVERY_KEY);
    }

    /** Installs what the ring has into a new directory below this one. */
    static Path installed(Path parent, KeyRing ring, HostKeys hostKeys, String before) throws IOException {
        Path directory = parent.toAbsolutePath().resolve(KeyDirectory.newName());
        KeyBundle.of(ring.routes(), hostKeys, before).installAt(directory);
        return directory;
    }
}
