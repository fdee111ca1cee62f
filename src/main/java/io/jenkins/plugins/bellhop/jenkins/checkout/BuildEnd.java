package io.jenkins.plugins.bellhop.jenkins.checkout;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.credentials.DeployKeyCredentials;
import io.jenkins.plugins.bellhop.key.FailedGit;
import io.jenkins.plugins.bellhop.key.MissingCredential;
import io.jenkins.plugins.bellhop.key.OfferedKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** When a build ends, takes away keys that its blocks left, and explains at the end of its log why git failed. */
@Extension
public final class BuildEnd extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(BuildEnd.class.getName());

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
        try {
            String id = run.getExternalizableId();
            Wiring.get()
                    .keyPlaces()
                    .where(place -> place.run().equals(id))
                    .forEach(place -> PlacedKeys.takeAway(place.id()));
            explain(run, listener);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Bellhop couldn't look after the end of " + run.getExternalizableId());
        }
    }

    private static void explain(Run<?, ?> run, TaskListener listener) throws IOException {
        List<OfferedKey> offered = OfferedKeys.of(run);
        List<StoredConnection> connections = Wiring.get().connections().usedIn(run.getParent());
        boolean failed = Result.FAILURE.equals(run.getResult()) || Result.UNSTABLE.equals(run.getResult());
        if (!failed || offered.isEmpty() && connections.isEmpty()) {
            return;
        }
        String tail = tail(run);
        Optional<String> missing = MissingCredential.in(tail).flatMap(credential -> explain(credential, connections));
        missing.or(() -> offered.isEmpty() ? Optional.empty() : FailedGit.explain(tail, offered))
                .ifPresent(sentence -> {
                    listener.getLogger().println(Messages.BuildEnd_Explanation(sentence));
                    Wiring.get()
                            .connectionPageOf(run.getParent())
                            .ifPresent(url -> listener.getLogger().println(Messages.BuildEnd_See(url)));
                });
    }

    /** Empty for a credential of this very job, whose key is withheld for another reason. */
    private static Optional<String> explain(MissingCredential missing, List<StoredConnection> connections) {
        if (connections.isEmpty() || connections.stream().anyMatch(stored -> isOf(stored, missing))) {
            return Optional.empty();
        }
        String choose = connections.stream()
                .filter(stored -> leads(missing, stored))
                .findFirst()
                .map(BuildEnd::credentialOf)
                .map(Messages::BuildEnd_Choose)
                .orElseGet(Messages::BuildEnd_NothingToChoose);
        boolean exists = Wiring.get().connections().all().stream().anyMatch(stored -> isOf(stored, missing));
        return Optional.of(
                exists
                        ? Messages.BuildEnd_ForeignCredential(missing.id(), choose)
                        : Messages.BuildEnd_MissingCredential(missing.id(), choose));
    }

    private static boolean isOf(StoredConnection stored, MissingCredential missing) {
        return credentialOf(stored).equals(missing.id());
    }

    private static boolean leads(MissingCredential missing, StoredConnection stored) {
        return missing.remote()
                .filter(remote -> Wiring.get().leadsToConnection(stored.id(), remote))
                .isPresent();
    }

    private static String credentialOf(StoredConnection stored) {
        return DeployKeyCredentials.of(stored.connection()).getId();
    }

    /** The log's end; what is longer was read away. */
    private static String tail(Run<?, ?> run) throws IOException {
        byte[] ring = new byte[FailedGit.LONGEST_TAIL];
        long length = 0;
        try (InputStream log = run.getLogInputStream()) {
            for (int read = log.read(ring); read >= 0; ) {
                length += read;
                int at = (int) (length % ring.length);
                read = log.read(ring, at, ring.length - at);
            }
        }
        int kept = (int) Math.min(length, ring.length);
        byte[] tail = new byte[kept];
        for (int i = 0; i < kept; i++) {
            tail[i] = ring[(int) ((length - kept + i) % ring.length)];
        }
        return new String(tail, StandardCharsets.UTF_8);
    }
}
