package io.jenkins.plugins.bellhop.key;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All that a machine needs so that git offers each repository its one key: it travels there as one piece, and becomes the
 * files of one directory. Holds private keys, so it is made at the moment of use, and never shown.
 */
public final class KeyBundle implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Bytes of all private keys together: {@value KeyRing#MOST_KEYS} large RSA keys fit. */
    public static final int LARGEST = 4 << 20;

    private final ArrayList<String> table = new ArrayList<>();
    private final ArrayList<String> identities = new ArrayList<>();
    private final ArrayList<String> knownHosts = new ArrayList<>();
    private final ArrayList<String> refusals = new ArrayList<>();
    /** For each configuration of ssh, the numbers of its identity and its known hosts. */
    private final ArrayList<int[]> configurations = new ArrayList<>();

    /** The numbers of the identities that an ssh-agent is to hold. */
    private final ArrayList<Integer> held = new ArrayList<>();

    private final String wrapper = SshWrapper.script();
    private final String before;
    private boolean withAgent;
    private String socketBefore = "";

    private transient Map<Fingerprint, Integer> identityNumbers = new HashMap<>();
    private transient Map<SshHost, Integer> hostNumbers = new HashMap<>();
    private transient Map<List<Integer>, Integer> configurationNumbers = new HashMap<>();

    private KeyBundle(String before) {
        this.before = before;
    }

    /**
     * @param hostKeys what is trusted; asked for each server
     * @param before the GIT_SSH_COMMAND that was in force until now, for servers that have no key here; may be empty
     * @throws IllegalArgumentException when the keys are larger than {@value #LARGEST} bytes
     */
    public static KeyBundle of(List<KeyRoute> routes, HostKeys hostKeys, String before) {
        KeyBundle bundle = new KeyBundle(before);
        for (KeyRoute route : routes) {
            bundle.add(route, hostKeys::fileFor);
        }
        bundle.checkSize();
        return bundle;
    }

    /**
     * Adds an ssh-agent that holds these keys and no others, for programs that bring an SSH of their own.
     *
     * @param before the socket of the ssh-agent that was in force until now, for servers that have no key here; may be empty
     * @throws IllegalArgumentException when all keys together are larger than {@value #LARGEST} bytes
     */
    public KeyBundle withAgent(List<RingKey> keys, String before) {
        withAgent = true;
        socketBefore = before;
        keys.stream().map(this::identity).distinct().forEach(held::add);
        checkSize();
        return this;
    }

    public boolean hasAgent() {
        return withAgent;
    }

    private void checkSize() {
        if (identities.stream().mapToInt(String::length).sum() > LARGEST) {
            throw new IllegalArgumentException("expected at most " + LARGEST + " bytes of private keys, found more");
        }
    }

    private void add(KeyRoute route, Function<SshHost, String> hostKeys) {
        KeyScope target = route.target();
        route.choice()
                .match(
                        chosen -> table.add(
                                SshWrapper.line("key", target, configuration(chosen.key(), target.server(), hostKeys))),
                        torn -> {
                            refusals.add(torn.sentence() + "\n");
                            return table.add(SshWrapper.line("refuse", target, refusals.size() - 1));
                        },
                        none -> false);
    }

    private int configuration(RingKey key, SshHost server, Function<SshHost, String> hostKeys) {
        int identity = identity(key);
        int host = hostNumbers.computeIfAbsent(server, absent -> {
            knownHosts.add(hostKeys.apply(server));
            return knownHosts.size() - 1;
        });
        return configurationNumbers.computeIfAbsent(List.of(identity, host), absent -> {
            configurations.add(new int[] {identity, host});
            return configurations.size() - 1;
        });
    }

    private int identity(RingKey key) {
        return identityNumbers.computeIfAbsent(key.fingerprint(), absent -> {
            identities.add(key.privateText().get());
            return identities.size() - 1;
        });
    }

    /**
     * Writes the files and starts the ssh-agent, if there is to be one. When it fails, all of it is gone.
     *
     * @param path absolute, of a name by {@link KeyDirectory#newName}
     * @throws IOException when the directory can't be made or written, or no ssh-agent be started
     */
    public InstalledKeys installAt(Path path) throws IOException {
        KeyDirectory directory = KeyDirectory.createAt(path);
        try {
            List<Path> identityFiles = write(directory);
            String socket = withAgent
                    ? SshAgent.start(
                            directory, held.stream().map(identityFiles::get).toList())
                    : "";
            return new InstalledKeys(path.toString(), socket);
        } catch (IOException | RuntimeException e) {
            remove(path, e);
            throw e;
        }
    }

    private void remove(Path path, Exception reason) {
        try {
            removeAt(path, withAgent);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Takes away what was installed there, as far as it is there.
     *
     * @param withAgent whether an ssh-agent is to be looked for
     * @throws IOException when something stayed; everything else is gone then
     */
    public static void removeAt(Path path, boolean withAgent) throws IOException {
        try {
            if (withAgent) {
                SshAgent.end(path);
            }
        } finally {
            KeyDirectory.removeAt(path);
        }
    }

    /** @return the files of the identities, by their numbers */
    private List<Path> write(KeyDirectory directory) throws IOException {
        directory.write(SshWrapper.NAME, wrapper);
        directory.write(SshWrapper.TABLE, String.join("", table));
        if (!before.isEmpty()) {
            directory.write(SshWrapper.BEFORE, before);
        }
        if (withAgent) {
            directory.write(SshWrapper.AGENT_BEFORE, socketBefore);
        }
        writeAll(directory, "refusal-", refusals);
        List<Path> identityFiles = writeAll(directory, "identity-", identities);
        List<Path> knownHostsFiles = writeAll(directory, "known_hosts-", knownHosts);
        for (int number = 0; number < configurations.size(); number++) {
            int[] parts = configurations.get(number);
            String identity = identityFiles.get(parts[0]).toString();
            String hosts = knownHostsFiles.get(parts[1]).toString();
            directory.write(
                    SshWrapper.CONFIGURATION + number,
                    SshConfig.of(identity, hosts).text());
        }
        return identityFiles;
    }

    private static List<Path> writeAll(KeyDirectory directory, String prefix, List<String> texts) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String text : texts) {
            files.add(directory.write(prefix + files.size(), text));
        }
        return files;
    }

    /** How many keys it holds, and nothing of them. */
    @Override
    public String toString() {
        return identities.size() + " keys";
    }
}
