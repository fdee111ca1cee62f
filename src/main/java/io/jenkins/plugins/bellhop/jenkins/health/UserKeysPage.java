package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.Extension;
import hudson.model.ManagementLink;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.jenkins.ManagePage;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Grants;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredUserKey;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Where administrators make, rotate, revoke, remove and forget the keys of machine users. Reached from Bellhop's settings. */
@Extension
public final class UserKeysPage extends ManagementLink {

    /** Sentences for each key: where an account lost its rights, all its repositories say the same. */
    static final int MOST_PROBLEMS = 5;

    private static final KeyActs ACTS = new KeyActs(Act.Kind.USER_KEYS);

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.UserKeysPage_DisplayName();
    }

    @Override
    public String getUrlName() {
        return ManagePage.USER_KEYS.urlName();
    }

    public List<Row> getRows() {
        Wiring.checkAdministrator();
        return Wiring.get().userKeyFiles().all().stream().map(Row::new).toList();
    }

    /**
     * @param account repeated by hand, as the word that it is a machine user's
     * @param granted full names of the items and folders that may use it, one in each line
     */
    @RequirePOST
    public HttpResponse doCreate(
            @QueryParameter String host,
            @QueryParameter String credentialsId,
            @QueryParameter String account,
            @QueryParameter String granted) {
        Wiring.checkAdministrator();
        return ACTS.done(
                "made a user key for " + account + ", granted to: " + inOneLine(granted),
                () -> Wiring.get()
                        .userKeyCare()
                        .create(
                                host.trim().toLowerCase(Locale.ROOT),
                                credentialsId.trim(),
                                account.trim(),
                                Grants.typed(granted)));
    }

    /** @param granted as in {@link #doCreate} */
    @RequirePOST
    public HttpResponse doGrant(@QueryParameter String id, @QueryParameter String granted) {
        Wiring.checkAdministrator();
        return ACTS.done(
                "granted user key " + id + " to: " + inOneLine(granted),
                () -> Wiring.get().userKeyCare().grant(id, Grants.typed(granted)));
    }

    private static String inOneLine(String granted) {
        return granted.lines().collect(Collectors.joining(", "));
    }

    @RequirePOST
    public HttpResponse doRotate(@QueryParameter String id) {
        return ACTS.done(
                "rotated user key " + id, () -> Wiring.get().userKeyCare().rotate(id));
    }

    /** For a key that leaked. */
    @RequirePOST
    public HttpResponse doRevoke(@QueryParameter String id) {
        return ACTS.begun(
                "asked to revoke user key " + id,
                () -> Wiring.get().userKeyCare().revoke(id));
    }

    @RequirePOST
    public HttpResponse doRemove(@QueryParameter String id) {
        return ACTS.done(
                "removed user key " + id, () -> Wiring.get().userKeyCare().remove(id));
    }

    /** For an account or a credential that is gone: the forge isn't asked, and what is there stays. */
    @RequirePOST
    public HttpResponse doForget(@QueryParameter String id) {
        return ACTS.done(() -> "forgot user key " + id + "; its account may still have "
                + String.join(", ", Wiring.get().userKeyCare().forget(id)));
    }

    /** One key. */
    public static final class Row {

        private final StoredUserKey stored;

        Row(StoredUserKey stored) {
            this.stored = stored;
        }

        public String getId() {
            return stored.id();
        }

        public String getName() {
            return stored.key().account() + ", " + stored.key().host();
        }

        public String getFingerprint() {
            return stored.key().key().publicKey().fingerprint().toString();
        }

        public int getProven() {
            return stored.key().proven().size();
        }

        /** One name in each line. */
        public String getGranted() {
            return stored.grants().names().collect(Collectors.joining("\n"));
        }

        /** What doesn't work, the most important first. */
        public List<String> getProblems() {
            return Stream.concat(stored.troubles().stream(), stored.failures().stream())
                    .distinct()
                    .limit(MOST_PROBLEMS)
                    .toList();
        }
    }
}
