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
import io.jenkins.plugins.bellhop.key.SshWrapper;
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
     * @param fingerprints of the keys that go first, in any of the forges' spellings
     * @param before the GIT_SSH_COMMAND in force, or an empty text
     * @throws AbortException for a fingerprint that no permitted key has
     */
    static Bound bind(
            Run<?, ?> run, FilePath workspace, List<String> fingerprints, String before, TaskListener listener)
            throws IOException, InterruptedException {
        KeyRing ring = named(BuildKeys.forSteps(run, listener), fingerprints);
        List<KeyRoute> routes = ring.routes();
        tell(run, routes, listener);
        KeyBundle bundle = KeyBundle.of(routes, Wiring.get().hostKeys(), before);
        PlacedKeys.Placed placed = PlacedKeys.place(run, workspace, bundle);
        return new Bound(placed.id(), SshWrapper.environment(placed.directory()));
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
