package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.flow.AuditQuery;
import io.jenkins.plugins.bellhop.flow.AuditTrail;
import io.jenkins.plugins.bellhop.flow.Words;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Who did what with connections and keys, and which build was given which key. Reached by administrators alone. */
@ExportedBean
public final class AuditPage implements ModelObject {

    /** Acts on one page. */
    static final int MOST_SHOWN = 50;
    /** Acts that the API answers. */
    static final int MOST_EXPORTED = 200;

    AuditPage() {}

    @Override
    public String getDisplayName() {
        return Messages.AuditPage_DisplayName();
    }

    /** What the request asks for. */
    public Paged<ActRow> find(StaplerRequest2 request) {
        List<ActRow> rows = rows(query(request), (Search.page(request) - 1) * MOST_SHOWN, MOST_SHOWN + 1);
        return Paged.ofRest(rows, request, MOST_SHOWN, "q", "kind");
    }

    private static AuditQuery query(StaplerRequest2 request) {
        Optional<Kind> kind = Stream.of(Kind.values())
                .filter(value -> value.name().equalsIgnoreCase(Search.parameter(request, "kind")))
                .findFirst();
        return new AuditQuery(Words.of(Search.parameter(request, "q")), kind);
    }

    /** The newest ones. */
    @Exported
    public List<ActRow> getActs() {
        return rows(new AuditQuery(Words.of(""), Optional.empty()), 0, MOST_EXPORTED);
    }

    private static List<ActRow> rows(AuditQuery query, int skipped, int limit) {
        return Wiring.get().auditTrail().find(query, skipped, limit).stream()
                .map(ActRow::new)
                .toList();
    }

    /** What the search's form offers; the first one is any. */
    public List<ActRow.Choice> getKinds() {
        return Stream.of(Kind.values()).map(ActRow.Choice::new).toList();
    }

    public String getText(StaplerRequest2 request) {
        return Search.parameter(request, "q");
    }

    public String getKind(StaplerRequest2 request) {
        return Search.parameter(request, "kind");
    }

    public int getCount() {
        return Wiring.get().auditTrail().acts();
    }

    public int getUses() {
        return Wiring.get().auditTrail().uses();
    }

    public int getMostActs() {
        return AuditTrail.MOST_ACTS;
    }

    public int getMostUses() {
        return AuditTrail.MOST_USES;
    }

    public Api getApi() {
        return new Api(this);
    }
}
