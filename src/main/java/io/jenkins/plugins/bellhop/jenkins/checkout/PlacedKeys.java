package io.jenkins.plugins.bellhop.jenkins.checkout;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.key.InstalledKeys;
import io.jenkins.plugins.bellhop.key.KeyBundle;
import io.jenkins.plugins.bellhop.key.KeyDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;

/**
 * Keys that lie on a node for the time of a block: one call puts them there, one takes them away. They lie in the
 * workspace's own temporary directory, which containers of the build see, too.
 */
public final class PlacedKeys {

    private static final Logger LOGGER = Logger.getLogger(PlacedKeys.class.getName());

    private PlacedKeys() {}

    /**
     * @param id by which they are taken away
     * @param keys where they are on the node
     */
    record Placed(String id, InstalledKeys keys) {}

    /** @throws IOException when they can't be placed; then nothing stays */
    static Placed place(Run<?, ?> run, FilePath workspace, KeyBundle bundle) throws IOException, InterruptedException {
        Computer computer = workspace.toComputer();
        if (computer == null) {
            throw new AbortException(Messages.PlacedKeys_Offline());
        }
        String id = KeyDirectory.newName();
        FilePath directory = WorkspaceList.tempDir(workspace).child(id);
        // Noted first: from now on somebody takes them away, whatever happens.
        Wiring.get()
                .keyPlaces()
                .put(new KeyPlace(
                        id,
                        computer.getName(),
                        directory.getRemote(),
                        run.getExternalizableId(),
                        bundle.hasAgent(),
                        false));
        try {
            return new Placed(id, directory.act(new Install(bundle)));
        } catch (IOException | InterruptedException | RuntimeException e) {
            // What was interrupted here may go on there: it stays noted, and the build's end looks again.
            end(id, false);
            throw e;
        }
    }

    /**
     * Does something in a key directory of its own below the node's root, which it makes itself; the directory is noted before and
     * taken away after.
     */
    public static <T> T during(String node, FilePath root, InDirectory<T> work)
            throws IOException, InterruptedException {
        String id = KeyDirectory.newName();
        FilePath directory = root.child(id);
        KeyPlaces places = Wiring.get().keyPlaces();
        places.put(new KeyPlace(id, node, directory.getRemote(), "", false, true));
        try {
            return work.in(directory);
        } finally {
            takeAway(id);
        }
    }

    /** Something that is done with a directory. */
    @FunctionalInterface
    public interface InDirectory<T> {
        T in(FilePath directory) throws IOException, InterruptedException;
    }

    /** Takes them away now, or when their node is back. Of what was taken away already nothing is left to do. */
    static void takeAway(String id) {
        end(id, true);
    }

    private static void end(String id, boolean forget) {
        KeyPlaces places = Wiring.get().keyPlaces();
        try {
            KeyPlace place = places.find(id).orElse(null);
            if (place == null) {
                return;
            }
            if (!isRemoved(place) || !forget) {
                places.put(place.asEnded());
                return;
            }
            places.remove(id);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Bellhop couldn't note that nothing needs " + id + " any more");
        }
    }

    private static boolean isRemoved(KeyPlace place) {
        Optional<VirtualChannel> channel = Wiring.channelOf(place.node());
        if (channel.isEmpty()) {
            return false;
        }
        try {
            return new FilePath(channel.get(), place.path())
                    .act(new Remove(List.of(place)))
                    .isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Bellhop couldn't take keys away from " + place.node() + "; it tries again when it connects");
            return false;
        }
    }

    /** Takes away in one call what a lost node still has of builds that need it no longer. */
    static void sweep(String node, FilePath root) throws IOException, InterruptedException {
        KeyPlaces places = Wiring.get().keyPlaces();
        List<KeyPlace> left = places.where(place -> place.node().equals(node) && !isInUse(place));
        if (left.isEmpty()) {
            return;
        }
        Set<String> stayed = Set.copyOf(root.act(new Remove(left)));
        for (KeyPlace place : left) {
            if (!stayed.contains(place.path())) {
                places.remove(place.id());
            }
        }
        LOGGER.log(
                stayed.isEmpty() ? Level.INFO : Level.WARNING,
                "Bellhop took away the keys of {0} builds from {1}; those of {2} stayed, and are tried again when it connects",
                new Object[] {left.size() - stayed.size(), node, stayed.size()});
    }

    /** A Pipeline goes on when its node is back. */
    private static boolean isInUse(KeyPlace place) {
        if (place.ended()) {
            return false;
        }
        Run<?, ?> run = Wiring.runOf(place.run());
        return run != null && run.isBuilding();
    }

    private static final class Install extends MasterToSlaveFileCallable<InstalledKeys> {

        private static final long serialVersionUID = 1L;

        private final KeyBundle bundle;

        Install(KeyBundle bundle) {
            this.bundle = bundle;
        }

        @Override
        public InstalledKeys invoke(File directory, VirtualChannel channel) throws IOException {
            return bundle.installAt(directory.toPath().toAbsolutePath());
        }
    }

    /** Answers the paths that could not be removed; the others are gone. */
    static final class Remove extends MasterToSlaveFileCallable<ArrayList<String>> {

        private static final long serialVersionUID = 1L;

        /** Whether an ssh-agent belongs to it, by path. */
        private final HashMap<String, Boolean> paths = new HashMap<>();

        Remove(List<KeyPlace> places) {
            places.forEach(place -> paths.put(place.path(), place.withAgent()));
        }

        @Override
        public ArrayList<String> invoke(File ignored, VirtualChannel channel) {
            ArrayList<String> stayed = new ArrayList<>();
            for (Map.Entry<String, Boolean> path : paths.entrySet()) {
                try {
                    KeyBundle.removeAt(Path.of(path.getKey()).toAbsolutePath(), path.getValue());
                } catch (IOException | RuntimeException e) {
                    // The others' keys must not stay for the sake of this one.
                    Logger.getLogger(Remove.class.getName()).log(Level.WARNING, "Can't remove " + path.getKey(), e);
                    stayed.add(path.getKey());
                }
            }
            return stayed;
        }
    }
}
