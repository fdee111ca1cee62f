package io.jenkins.plugins.bellhop.jenkins.checkout;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.jenkins.credentials.UsedKeys;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import io.jenkins.plugins.bellhop.key.KeyScope;
import io.jenkins.plugins.bellhop.key.OfferedKey;
import io.jenkins.plugins.bellhop.key.RingKey;
import java.util.ArrayList;
import java.util.List;

/** Which keys a build was offered, by fingerprint, and for what. The fields' names are a file format. */
public final class OfferedKeys extends InvisibleAction {

    /** A matrix of submodules stays below; what comes later is not remembered. */
    static final int MOST = 1000;

    private final ArrayList<String> repositories = new ArrayList<>();
    private final ArrayList<String> fingerprints = new ArrayList<>();

    private OfferedKeys() {}

    /** For the explanation of a failure a whole server isn't noted, nor a repository that no URL can name. */
    static void note(Run<?, ?> run, KeyScope scope, RingKey key) {
        UsedKeys.note(run, place(scope), key.fingerprint().toString());
        String url = "ssh://" + scope.host() + ":" + scope.port() + "/" + scope.path();
        if (scope.isWholeServer() || !isReadable(url)) {
            return;
        }
        synchronized (run) {
            OfferedKeys offered = run.getAction(OfferedKeys.class);
            if (offered == null) {
                offered = new OfferedKeys();
                run.addAction(offered);
            }
            offered.add(url, key.fingerprint().toString());
        }
    }

    private static String place(KeyScope scope) {
        return scope.isWholeServer() ? scope.toString() : scope.host() + "/" + scope.path();
    }

    private static boolean isReadable(String url) {
        try {
            return RemoteUrl.parse(url).overSsh();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private synchronized void add(String url, String fingerprint) {
        for (int i = 0; i < repositories.size(); i++) {
            if (repositories.get(i).equals(url) && fingerprints.get(i).equals(fingerprint)) {
                return;
            }
        }
        if (repositories.size() < MOST) {
            repositories.add(url);
            fingerprints.add(fingerprint);
        }
    }

    static List<OfferedKey> of(Run<?, ?> run) {
        OfferedKeys offered = run.getAction(OfferedKeys.class);
        return offered == null ? List.of() : offered.all();
    }

    private synchronized List<OfferedKey> all() {
        List<OfferedKey> all = new ArrayList<>();
        for (int i = repositories.size() - 1; i >= 0; i--) {
            all.add(new OfferedKey(RemoteUrl.parse(repositories.get(i)), Fingerprint.parse(fingerprints.get(i))));
        }
        return all;
    }
}
