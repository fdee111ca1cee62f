package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Api;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.bellhop.delivery.KeptDeliveries;
import io.jenkins.plugins.bellhop.delivery.KeptDelivery;
import io.jenkins.plugins.bellhop.delivery.VerifiedDelivery;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.flow.Entry.Outcome;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.AuditedChanges;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.stapler.ForwardToView;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The page "Deliveries": what arrived and why it built or didn't. Of a job or a multibranch project, what concerns it: who
 * may read one learns nothing of others. Of all connections, for administrators.
 */
@ExportedBean
public final class Deliveries implements ModelObject {

    /** Decisions on one page. */
    static final int MOST_SHOWN = 50;
    /** Decisions that the API answers. */
    static final int MOST_EXPORTED = 200;

    private final Optional<Item> job;

    private Deliveries(Optional<Item> job) {
        this.job = job;
    }

    /** Whoever gets this may read the job. */
    static Deliveries of(Item job) {
        return new Deliveries(Optional.of(job));
    }

    /** @throws org.springframework.security.access.AccessDeniedException unless the current user administers Jenkins */
    static Deliveries ofAll() {
        Wiring.checkAdministrator();
        return new Deliveries(Optional.empty());
    }

    @Override
    public String getDisplayName() {
        return job.isPresent() ? Messages.Deliveries_DisplayName() : Messages.AllDeliveries_Title();
    }

    /** Null on the page of all connections. */
    public Item getJob() {
        return job.orElse(null);
    }

    public boolean isAdministrator() {
        return Wiring.mayConfigure(null);
    }

    /** What the request asks for. */
    public FoundDecisions find(StaplerRequest2 request) {
        Search search = new Search(request);
        List<DecisionRow> rows = rows(search.query(), (search.page() - 1) * MOST_SHOWN, MOST_SHOWN + 1);
        boolean more = rows.size() > MOST_SHOWN;
        return new FoundDecisions(search, more ? rows.subList(0, MOST_SHOWN) : rows, more);
    }

    @Exported
    public List<DecisionRow> getDecisions() {
        return rows(dated -> true, 0, MOST_EXPORTED);
    }

    /** The newest ones. */
    List<DecisionRow> newest(int limit) {
        return rows(dated -> true, 0, limit);
    }

    /** What the forge delivered last, since the connection was made. */
    Optional<DecisionRow> lastDelivered(StoredConnection stored) {
        return rows(dated -> isDelivered(dated, stored), 0, 1).stream().findFirst();
    }

    /** What was decided last for the job itself. */
    Optional<DecisionRow> lastOfJob() {
        return rows(dated -> dated.entry().job().isPresent(), 0, 1).stream().findFirst();
    }

    static boolean isDelivered(Dated dated, StoredConnection stored) {
        return dated.entry().isDelivered()
                && dated.entry().connectionId().equals(stored.id())
                && stored.wasThereAt(dated.at());
    }

    private List<DecisionRow> rows(Predicate<Dated> wanted, int skipped, int limit) {
        List<Dated> found = Wiring.get().decisions().find(concerning().and(wanted), skipped, limit);
        Map<String, Set<String>> kept = new HashMap<>();
        List<DecisionRow> rows = new ArrayList<>();
        DecidedBuilds builds = new DecidedBuilds();
        for (Dated dated : found) {
            Set<String> ids = kept.computeIfAbsent(dated.entry().connectionId(), Deliveries::keptIds);
            rows.add(new DecisionRow(
                    dated, dated.entry().deliveryId().filter(ids::contains).isPresent(), builds));
        }
        return rows;
    }

    private Predicate<Dated> concerning() {
        if (job.isEmpty()) {
            return dated -> true;
        }
        String name = job.get().getFullName();
        Set<String> connections = Wiring.get().connections().ofItem(name).stream()
                .map(StoredConnection::id)
                .collect(Collectors.toSet());
        return dated -> connections.contains(dated.entry().connectionId())
                && dated.entry().job().filter(other -> !other.equals(name)).isEmpty();
    }

    private static Set<String> keptIds(String connectionId) {
        return hookOf(connectionId)
                .map(hook -> kept().ofHook(hook, KeptDeliveries.MOST).stream()
                        .map((KeptDelivery delivery) -> delivery.id().text())
                        .collect(Collectors.toCollection(HashSet::new)))
                .orElseGet(HashSet::new);
    }

    private static Optional<String> hookOf(String connectionId) {
        return Wiring.get()
                .connections()
                .byId(connectionId)
                .map(stored -> stored.secrets().hookPath());
    }

    private static String repositoryOf(String connectionId) {
        return Wiring.get()
                .connections()
                .byId(connectionId)
                .map(stored -> AuditedChanges.named(stored.connection().repository()))
                .orElse("");
    }

    private static KeptDeliveries kept() {
        return Wiring.get().spool().kept();
    }

    /** What the search's form offers; the first one is any. */
    public List<OutcomeChoice> getOutcomes() {
        return Stream.of(Outcome.values()).map(OutcomeChoice::new).toList();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Null on a job's page. */
    @Exported
    public Traffic getTraffic() {
        return job.isPresent() ? null : new Traffic();
    }

    /** Decides a kept delivery once more and builds what the rules want; the log tells what came of it. */
    @RequirePOST
    public HttpResponse doReplay(@QueryParameter String connection, @QueryParameter String delivery)
            throws IOException {
        Wiring.get().dispatcher().replay(kept(connection, delivery));
        Wiring.get().audit(Kind.REPLAYED, repositoryOf(connection), "", delivery);
        return new HttpRedirect(".");
    }

    /** Shows what would be decided now. */
    @RequirePOST
    public HttpResponse doDryRun(@QueryParameter String connection, @QueryParameter String delivery)
            throws IOException {
        VerifiedDelivery found = kept(connection, delivery);
        return new ForwardToView(new DryRun(job, found.id().text(), Wiring.get().dryRun(found)), "index");
    }

    private VerifiedDelivery kept(String connection, String delivery) throws IOException {
        Wiring.checkAdministrator();
        Optional<String> hook = hookOf(connection);
        Optional<VerifiedDelivery> found = hook.isEmpty() ? Optional.empty() : kept().find(hook.get(), delivery);
        return found.orElseThrow(() -> new Failure(Messages.Deliveries_NotKept()));
    }
}
