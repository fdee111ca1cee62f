package io.jenkins.plugins.bellhop.jenkins.credentials;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which keys a build was given, by fingerprint, and for which repositories; shown on its page, and written to the audit trail.
 * The fields' names are a file format.
 */
public final class UsedKeys extends InvisibleAction {

    /** What comes later is in the audit trail alone. */
    static final int MOST = 1_000;

    private final ArrayList<String> repositories = new ArrayList<>();
    private final ArrayList<String> fingerprints = new ArrayList<>();

    private UsedKeys() {}

    /**
     * Each key is written down once for each repository.
     *
     * @param repository host, and path or owner and name
     */
    public static void note(Run<?, ?> run, String repository, String fingerprint) {
        synchronized (run) {
            UsedKeys used = run.getAction(UsedKeys.class);
            if (used == null) {
                used = new UsedKeys();
                run.addAction(used);
            }
            if (used.isNew(repository, fingerprint)) {
                Wiring.get().audit(Kind.KEY_USED, repository, run.getExternalizableId(), fingerprint);
            }
        }
    }

    private synchronized boolean isNew(String repository, String fingerprint) {
        for (int i = 0; i < repositories.size(); i++) {
            if (repositories.get(i).equals(repository) && fingerprints.get(i).equals(fingerprint)) {
                return false;
            }
        }
        if (repositories.size() < MOST) {
            repositories.add(repository);
            fingerprints.add(fingerprint);
        }
        return true;
    }

    /** For the build's page. */
    public synchronized List<Use> getUses() {
        return IntStream.range(0, repositories.size())
                .mapToObj(i -> new Use(repositories.get(i), fingerprints.get(i)))
                .toList();
    }

    /** One key for one repository. */
    public static final class Use {

        private final String repository;
        private final String fingerprint;

        Use(String repository, String fingerprint) {
            this.repository = repository;
            this.fingerprint = fingerprint;
        }

        public String getRepository() {
            return repository;
        }

        public String getFingerprint() {
            return fingerprint;
        }
    }
}
