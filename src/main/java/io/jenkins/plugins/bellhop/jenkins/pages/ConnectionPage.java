package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.Util;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Failure;
import hudson.model.Item;
import io.jenkins.plugins.bellhop.connect.ConnectFailure;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.AuditedChanges;
import io.jenkins.plugins.bellhop.jenkins.connection.Departures.Departure;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.kohsuke.stapler.ForwardToView;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The page "Repository connection" of a job or a multibranch project: its state, and the buttons that change it, for those who
 * may configure what asks for the connection.
 */
public abstract class ConnectionPage implements Action {

    public static final String URL_NAME = "bellhop";

    private final Item item;

    ConnectionPage(Item item) {
        this.item = item;
    }

    /** Takes what asks for the connection out of the item's configuration. */
    abstract void removeWish() throws IOException;

    @Override
    public final String getIconFileName() {
        return "symbol-link";
    }

    @Override
    public final String getDisplayName() {
        return Messages.JobConnection_DisplayName();
    }

    @Override
    public final String getUrlName() {
        return URL_NAME;
    }

    public final Item getItem() {
        return item;
    }

    private Item asking() {
        return Wish.askedBy(item);
    }

    public final boolean isMayConfigure() {
        return Wiring.mayConfigure(asking());
    }

    /** Whether an organisation folder asks for the connection, so that only there it can be given up. */
    public final boolean isAskedByFolder() {
        return asking() != item;
    }

    /** What there is to see now. */
    public final ConnectionState getState() {
        return new ConnectionState(item, isMayConfigure());
    }

    /** Lies at {@code api} below this page. */
    public final Api getApi() {
        return new Api(getState());
    }

    /** The page of all that arrived. */
    public final Deliveries getDeliveries() {
        return Deliveries.of(item);
    }

    /** What the last button came to, for who pressed it; null when that was told already. */
    public final Notice takeNotice(StaplerRequest2 request) {
        return Notice.take(request, item);
    }

    /** Tries what is asked for, now. */
    @RequirePOST
    public final HttpResponse doConnect(StaplerRequest2 request) {
        asking().checkPermission(Item.CONFIGURE);
        Wish.of(item).ifPresent(wanted -> {
            Attempt attempt =
                    Wiring.get().reconciler().connectNow(item, wanted.getRepositoryUrl(), wanted.getCredentialsId());
            new Notice(attempt.connected(), attempt.sentence()).leave(request, item);
        });
        return new HttpRedirect(".");
    }

    /** Removes hook and key at the forge, unless others still use them, and the wish from the configuration. */
    @RequirePOST
    public final HttpResponse doDisconnect() throws IOException {
        return ended(
                () -> Wiring.get().reconciler().disconnectNow(item),
                departure -> Messages.ConnectionPage_Disconnected(departure.repository()));
    }

    /** Leaves hook and key at the forge as they are: for repositories that no credential reaches any more. */
    @RequirePOST
    public final HttpResponse doForget() throws IOException {
        return ended(
                () -> Wiring.get().reconciler().forgetNow(item),
                departure -> Messages.ConnectionPage_Forgotten(departure.repository()));
    }

    private HttpResponse ended(Ending ending, Function<Departure, String> wordsOfTheLast) throws IOException {
        asking().checkPermission(Item.CONFIGURE);
        if (isAskedByFolder()) {
            throw new Failure(Messages.ProjectPage_AskedByFolder());
        }
        List<Departure> departures;
        try {
            departures = ending.end();
        } catch (ConnectFailure | ForgeFailure | IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        removeWish();
        return new ForwardToView(new EndedConnection(item, sentences(departures, wordsOfTheLast)), "index");
    }

    private static List<String> sentences(List<Departure> departures, Function<Departure, String> wordsOfTheLast) {
        return departures.stream()
                .map(departure -> departure.ended()
                        ? wordsOfTheLast.apply(departure)
                        : Messages.ConnectionPage_Left(departure.repository()))
                .toList();
    }

    /** A new key and webhook secret, without a gap. */
    @RequirePOST
    public final HttpResponse doRotate(StaplerRequest2 request) throws IOException {
        return changed(request, found -> {
            Wiring.get().rotations().rotateNow(found.id(), item);
            return Notice.good(Messages.ConnectionPage_Rotated(getState().getFingerprint()));
        });
    }

    /** For a key that leaked: it goes at once, and builds wait for the next one. */
    @RequirePOST
    public final HttpResponse doRevoke(StaplerRequest2 request) throws IOException {
        return changed(request, found -> {
            Wiring.get().rotations().revokeNow(found.id(), item);
            return Notice.good(Messages.ConnectionPage_Revoked(getState().getFingerprint()));
        });
    }

    /** Looks whether everything is in order at the forge. */
    @RequirePOST
    public final HttpResponse doCheck(StaplerRequest2 request) throws IOException {
        return changed(request, found -> {
            Health health = Wiring.get().healthRounds().lookNow(found);
            return health.isWell()
                    ? Notice.good(Messages.ConnectionPage_Well())
                    : Notice.bad(Messages.ConnectionPage_Unwell());
        });
    }

    /** Makes again what is missing at the forge. */
    @RequirePOST
    public final HttpResponse doRepair(StaplerRequest2 request) throws IOException {
        return changed(request, found -> {
            Health health = Wiring.get().healthRounds().repairNow(found, item);
            String repository = AuditedChanges.named(found.connection().repository());
            Wiring.get().audit(Kind.REPAIRED, repository, item.getFullName(), "");
            return health.isWell()
                    ? Notice.good(Messages.ConnectionPage_Repaired())
                    : Notice.bad(Messages.ConnectionPage_RepairedInPart());
        });
    }

    /** Tries the key where builds run. */
    @RequirePOST
    public final HttpResponse doTestOnAgent(@QueryParameter String node) throws IOException, InterruptedException {
        asking().checkPermission(Item.CONFIGURE);
        try {
            Wiring.get().agentTests().run(connection(), Util.fixNull(node).trim());
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return new HttpRedirect(".");
    }

    private HttpResponse changed(StaplerRequest2 request, Change change) throws IOException {
        asking().checkPermission(Item.CONFIGURE);
        try {
            change.make(connection()).leave(request, item);
        } catch (ConnectFailure | ForgeFailure | IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        return new HttpRedirect(".");
    }

    private StoredConnection connection() {
        ConnectionState state = getState();
        String problem = state.getProblem();
        return state.stored()
                .orElseThrow(() -> new Failure(problem.isEmpty() ? Messages.ConnectionPage_NotConnected() : problem));
    }

    /** Something that a forge may refuse, and what to say when it is done. */
    @FunctionalInterface
    private interface Change {
        Notice make(StoredConnection stored) throws ConnectFailure, ForgeFailure, IOException;
    }

    /** The end of an item's connections; answers what came of each. */
    @FunctionalInterface
    private interface Ending {
        List<Departure> end() throws ConnectFailure, ForgeFailure, IOException;
    }
}
