package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.Extension;
import hudson.Util;
import hudson.model.AdministrativeMonitor;
import hudson.model.Failure;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.jenkins.ManagePage;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Names the connections that don't work for a reason that stays until somebody does something: what is wrong, where, and
 * where to mend it. A row goes when its fault does.
 */
@Extension
public final class ConnectionMonitor extends AdministrativeMonitor {

    /** Rows of the message; more are counted. */
    static final int MOST_SHOWN = 20;

    private static final String SYSTEM = "manage/configure";

    @Override
    public String getDisplayName() {
        return Messages.ConnectionMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return found().findAny().isPresent();
    }

    public List<Trouble> getTroubles() {
        return found().limit(MOST_SHOWN).toList();
    }

    /** What isn't shown, in words; empty when all is. */
    public String getMore() {
        long more = found().count() - MOST_SHOWN;
        return more > 0 ? Messages.ConnectionMonitor_More(more) : "";
    }

    private static Stream<Trouble> found() {
        List<Trouble> troubles = new ArrayList<>();
        rootUrl().ifPresent(troubles::add);
        troubles.addAll(forges());
        unreadable(Wiring.get().connections().unreadable(), Messages.ConnectionMonitor_Unreadable(), troubles);
        unreadable(Wiring.get().userKeyFiles().unreadable(), Messages.ConnectionMonitor_UnreadableUserKey(), troubles);
        unreadable(
                Wiring.get().sharedKeyFiles().unreadable(), Messages.ConnectionMonitor_UnreadableSharedKey(), troubles);
        Wiring.hostOfTwoForges()
                .ifPresent(host -> troubles.add(new Trouble(host, SYSTEM, Messages.ConnectionMonitor_TwoForges())));
        Wiring.get().reconciler().orphans().forEach((stored, reason) -> troubles.add(Trouble.orphan(stored, reason)));
        Wiring.get().reconciler().troubles().forEach((item, sentence) -> troubles.add(item(item, sentence)));
        Wiring.get()
                .userKeyFiles()
                .all()
                .forEach(stored -> stored.troubles()
                        .forEach(sentence ->
                                troubles.add(new Trouble(stored.toString(), ManagePage.USER_KEYS.path(), sentence))));
        Wiring.get()
                .sharedKeyCare()
                .troubles()
                .forEach((stored, sentences) -> sentences.forEach(sentence ->
                        troubles.add(new Trouble(stored.toString(), ManagePage.SHARED_KEYS.path(), sentence))));
        return troubles.stream();
    }

    private static void unreadable(List<String> files, String sentence, List<Trouble> troubles) {
        files.forEach(file -> troubles.add(new Trouble(file, "manage/log", sentence)));
    }

    private static Trouble item(String name, String sentence) {
        Wiring wiring = Wiring.get();
        String path = wiring.jobs()
                .find(name)
                .flatMap(item -> wiring.pathOf(Wish.askedBy(item).getFullName()))
                .map(url -> url + "configure")
                .orElse("");
        return new Trouble(name, path, sentence);
    }

    /** Who connects nothing needs no URL; a forge on this machine reaches it all the same. */
    private static Optional<Trouble> rootUrl() {
        Optional<String> root = Wiring.rootUrl();
        if (root.isEmpty()) {
            boolean concerned =
                    !hosts().isEmpty() || !Wiring.get().reconciler().troubles().isEmpty();
            return concerned ? Optional.of(system(Messages.ConnectionMonitor_NoRootUrl())) : Optional.empty();
        }
        boolean unreachable =
                RootUrl.isLoopback(root.get()) && hosts().stream().anyMatch(host -> !RootUrl.isLoopbackHost(host));
        return unreachable ? Optional.of(system(Messages.ConnectionMonitor_Loopback(root.get()))) : Optional.empty();
    }

    private static Trouble system(String sentence) {
        return new Trouble("Jenkins URL", SYSTEM, sentence);
    }

    private static List<Trouble> forges() {
        return hosts().stream()
                .filter(host -> Wiring.get().forges().of(host).isEmpty())
                .map(host -> new Trouble(host, SYSTEM, Messages.ConnectionMonitor_NoForge()))
                .toList();
    }

    /** Those of all connections, each once. */
    private static List<String> hosts() {
        return Wiring.get().connections().all().stream()
                .map(StoredConnection::connection)
                .map(connection -> connection.repository().host())
                .distinct()
                .sorted()
                .toList();
    }

    /** Gives up a connection that no item uses and that can't be removed at the forge. */
    @RequirePOST
    public HttpResponse doForget(@QueryParameter String id) throws IOException {
        Wiring.checkAdministrator();
        try {
            Wiring.get().reconciler().forgetOrphan(Util.fixNull(id));
        } catch (ConnectFailure busy) {
            throw new Failure(busy.getMessage());
        }
        return new HttpRedirect("../../manage");
    }

    /** The button. */
    @RequirePOST
    public HttpResponse doTryAgain() {
        Wiring.checkAdministrator();
        Wiring.get().reconciler().tryAgain();
        Wiring.get().sharedKeyCare().tryAgain();
        return new HttpRedirect("../../manage");
    }
}
