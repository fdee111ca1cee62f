package io.jenkins.plugins.bellhop.jenkins.checkout;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.credentials.BuildKeys;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import io.jenkins.plugins.bellhop.key.KeyBundle;
import io.jenkins.plugins.bellhop.key.KeyChoice;
import io.jenkins.plugins.bellhop.key.KeyRing;
import io.jenkins.plugins.bellhop.key.KeyRoute;
import io.jenkins.plugins.bellhop.key.RingKey;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Pipeline's step and the freestyle build environment have in common: keys for git within a block. */
final class KeysBinding {

    private KeysBinding() {}

    /**
     * @param id by which {@link PlacedKeys#takeAway} takes the keys away
     * @param environment for the block, and for nothing after it
     */
    record Bound(String id, Map<String, String> environment) {}

    /**
     * What a block asks for.
     *
     * @param fingerprints of the keys that go first, in any of the forges' spellings
     * @param sshAgent whether an ssh-agent is to hold keys, too
     */
    record Wish(List<String> fingerprints, boolean sshAgent) {}

    /**
     * @param variables in force until now, for servers that have no key here
     * @throws AbortException for a fingerprint that no permitted key has, or an ssh-agent that would hold a server's several
     */
    static Bound bind(
            Run<?, ?> run, FilePath workspace, Wish wish, Map<String, String> variables, TaskListener listener)
            throws IOException, InterruptedException {
        KeyRing ring = named(BuildKeys.forSteps(run, listener), wish.fingerprints());
        List<KeyRoute> routes = ring.routes();
        tell(run, routes, listener);
        String before = variables.getOrDefault("GIT_SSH_COMMAND", "");
        KeyBundle bundle = KeyBundle.of(routes, Wiring.get().hostKeys(), before);
        if (wish.sshAgent()) {
            bundle.withAgent(heldByAgent(ring, listener), variables.getOrDefault("SSH_AUTH_SOCK", ""));
        }
        PlacedKeys.Placed placed = PlacedKeys.place(run, workspace, bundle);
        return new Bound(placed.id(), placed.keys().environment());
    }

    private static List<RingKey> heldByAgent(KeyRing ring, TaskListener listener) throws AbortException {
        try {
            List<RingKey> held = ring.forAgent();
            held.forEach(key -> listener.getLogger().println(Messages.KeysBinding_AgentHolds(key)));
            return held;
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static KeyRing named(KeyRing ring, List<String> fingerprints) throws AbortException {
        try {
            return ring.naming(fingerprints.stream().map(Fingerprint::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** A key is told once, though its repository has several names. */
    private static void tell(Run<?, ?> run, List<KeyRoute> routes, TaskListener listener) {
        if (routes.isEmpty()) {
            listener.getLogger().println(Messages.KeysBinding_NoKeys());
        }
        Set<String> sentences = new LinkedHashSet<>();
        Set<RingKey> told = new HashSet<>();
        for (KeyRoute route : routes) {
            if (route.choice() instanceof KeyChoice.Chosen chosen) {
                OfferedKeys.note(run, route.target(), chosen.key());
                if (told.add(chosen.key())) {
                    sentences.add(Messages.KeysBinding_Offers(chosen.key(), route.target()));
                }
            }
            if (route.choice() instanceof KeyChoice.Torn torn) {
                sentences.add(torn.sentence());
            }
        }
        sentences.forEach(listener.getLogger()::println);
    }
}
