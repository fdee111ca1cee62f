package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.bellhop.flow.StoredDecisions.Dated;
import io.jenkins.plugins.bellhop.flow.Words;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.moving.MovingPage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Everything that is global: all connections, how full things are, the rotation of many keys, the audit trail. */
@ExportedBean
public final class Home implements ModelObject {

    /** Connections on one page. */
    static final int MOST_SHOWN = 50;
    /** Connections that the API answers. */
    static final int MOST_EXPORTED = 1_000;
    /** Acts on this page; the audit trail has all. */
    static final int MOST_ACTS = 10;

    private Home() {}

    /** @throws org.springframework.security.access.AccessDeniedException unless the current user administers Jenkins */
    static Home forAdministrators() {
        Wiring.checkAdministrator();
        return new Home();
    }

    @Override
    public String getDisplayName() {
        return Messages.Home_DisplayName();
    }

    /** What the request asks for: its text, and whether it wants those in trouble alone. */
    public Paged<ConnectionRow> find(StaplerRequest2 request) {
        Words words = Words.of(Search.parameter(request, "q"));
        String condition = Search.parameter(request, "condition");
        List<ConnectionRow> found = rows().stream()
                .filter(row -> row.isAskedForBy(words))
                .filter(row -> !condition.equals("trouble") || row.isInTrouble())
                .toList();
        Paged<ConnectionRow> page = Paged.of(found, request, MOST_SHOWN, "q", "condition");
        tellLastDeliveries(page.getRows());
        return page;
    }

    @Exported
    public List<ConnectionRow> getConnections() {
        List<ConnectionRow> rows = rows().stream().limit(MOST_EXPORTED).toList();
        tellLastDeliveries(rows);
        return rows;
    }

    private static List<ConnectionRow> rows() {
        Instant now = Instant.now();
        return Wiring.get().connections().all().stream()
                .map(stored -> new ConnectionRow(stored, now))
                .sorted()
                .toList();
    }

    /** One look through the decisions for all of them. */
    private static void tellLastDeliveries(List<ConnectionRow> rows) {
        Map<String, StoredConnection> shown = rows.stream()
                .map(ConnectionRow::stored)
                .collect(Collectors.toMap(StoredConnection::id, stored -> stored));
        Map<String, Dated> newest = new HashMap<>();
        for (Dated dated : Wiring.get()
                .decisions()
                .find(
                        dated -> Optional.ofNullable(shown.get(dated.entry().connectionId()))
                                .filter(stored -> Deliveries.isDelivered(dated, stored))
                                .isPresent(),
                        Integer.MAX_VALUE)) {
            newest.putIfAbsent(dated.entry().connectionId(), dated);
        }
        rows.forEach(row -> row.tellLastDelivery(newest.get(row.getId())));
    }

    @Exported
    public int getCount() {
        return Wiring.get().connections().all().size();
    }

    @Exported
    public Traffic getTraffic() {
        return new Traffic();
    }

    /** The newest ones. */
    public List<ActRow> getActs() {
        return Wiring.get().auditTrail().find(act -> true, 0, MOST_ACTS).stream()
                .map(ActRow::new)
                .toList();
    }

    /** Lies at {@code audit} below this page. */
    public AuditPage getAudit() {
        return new AuditPage();
    }

    /** Lies at {@code rotation} below this page. */
    public RotationPage getRotation() {
        return new RotationPage();
    }

    /** Lies at {@code moving} below this page. */
    public MovingPage getMoving() {
        return new MovingPage();
    }

    /** Whether the condition is that of the request. */
    public boolean isTroubleAlone(StaplerRequest2 request) {
        return Search.parameter(request, "condition").equals("trouble");
    }

    public String getText(StaplerRequest2 request) {
        return Search.parameter(request, "q");
    }

    public Api getApi() {
        return new Api(this);
    }
}
