package io.jenkins.plugins.bellhop.bench;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.key.HostKeys;
import io.jenkins.plugins.bellhop.key.KeyBundle;
import io.jenkins.plugins.bellhop.key.KeyDirectory;
import io.jenkins.plugins.bellhop.key.KeyPolicy;
import io.jenkins.plugins.bellhop.key.KeyRing;
import io.jenkins.plugins.bellhop.key.KeyScope;
import io.jenkins.plugins.bellhop.key.KnownHosts;
import io.jenkins.plugins.bellhop.key.RingKey;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import io.jenkins.plugins.bellhop.key.SshWrapper;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Bellhop's choice of a key costs: {@code git ls-remote} with it, beside {@code ssh -i}; placing and removing keys. */
final class KeysInUse {

    private static final int CALLS = 25;
    private static final int PLACINGS = 200;

    private final Table table;

    KeysInUse(Table table) {
        this.table = table;
    }

    void run() throws Exception {
        try (Directory work = new Directory();
                SandboxForge forge =
                        SandboxForge.start(Files.createDirectory(work.path().resolve("forge")))) {
            SandboxRepository app = forge.createRepository("acme", "app", true);
            SshKeyPair pair = SshKeyPair.ed25519("bench");
            register(forge, pair);
            HostKeys hostKeys = HostKeys.pinned().confirmed(KnownHosts.parse(forge.knownHosts()));
            KeyBundle bundle = bundle(forge.sshUrl(app), pair, hostKeys);
            placing(bundle, work.path().toAbsolutePath());
            Path directory = work.path().toAbsolutePath().resolve(KeyDirectory.newName());
            bundle.installAt(directory);
            listing(forge.sshUrl(app), directory);
        }
    }

    private static void register(SandboxForge forge, SshKeyPair pair) throws IOException, InterruptedException {
        String token = forge.createToken("acme", Set.of("repo"));
        String body = "{\"title\":\"bench\",\"key\":\"" + pair.publicKey().typeAndData() + "\",\"read_only\":true}";
        int status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(forge.apiUrl() + "/repos/acme/app/keys"))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 201) {
            throw new IllegalStateException("the sandbox answered " + status + " to a new deploy key");
        }
    }

    private static KeyBundle bundle(String url, SshKeyPair pair, HostKeys hostKeys) {
        RingKey key = new RingKey(
                RingKey.Kind.DEPLOY,
                "deploy key",
                pair.publicKey(),
                List.of(KeyScope.of(RemoteUrl.parse(url), true)),
                pair::privateText);
        return KeyBundle.of(KeyRing.of(List.of(key), KeyPolicy.EVERY_KEY).routes(), hostKeys, "");
    }

    private void placing(KeyBundle bundle, Path parent) throws IOException {
        long[] times = new long[PLACINGS];
        for (int i = 0; i < PLACINGS; i++) {
            Path directory = parent.resolve(KeyDirectory.newName());
            long start = System.nanoTime();
            bundle.installAt(directory);
            KeyDirectory.removeAt(directory);
            times[i] = System.nanoTime() - start;
        }
        table.figure("keys of one repository placed and removed, p50", Table.time(median(times)));
    }

    /** By turns, so that other work on the machine slows both down. */
    private void listing(String url, Path directory) throws IOException, InterruptedException {
        Map<String, String> bare = Map.of(
                "GIT_SSH_COMMAND",
                "ssh -F none -i '" + directory.resolve("identity-0") + "' -o UserKnownHostsFile='"
                        + directory.resolve("known_hosts-0") + "' -o IdentitiesOnly=yes",
                "GIT_SSH_VARIANT",
                "ssh");
        Map<String, String> ours = SshWrapper.environment(directory.toString());
        long[] bareTimes = new long[CALLS];
        long[] ourTimes = new long[CALLS];
        lsRemote(url, bare);
        for (int i = 0; i < CALLS; i++) {
            bareTimes[i] = lsRemote(url, bare);
            ourTimes[i] = lsRemote(url, ours);
        }
        long floor = median(bareTimes);
        long took = median(ourTimes);
        table.ratio(
                "git ls-remote with Bellhop's keys, beside ssh -i, p50",
                Table.time(took),
                Table.time(floor),
                (double) took / floor);
    }

    private static long lsRemote(String url, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("git", "ls-remote", url)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("git ls-remote ended with " + status);
        }
        return System.nanoTime() - start;
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
