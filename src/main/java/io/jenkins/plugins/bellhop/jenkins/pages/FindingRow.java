package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.connect.Finding;
import io.jenkins.plugins.bellhop.connect.Health;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One finding as the page shows it. */
@ExportedBean(defaultVisibility = 999)
public final class FindingRow {

    private static final Set<Finding.Kind> OF_ADMINISTRATORS = EnumSet.of(
            Finding.Kind.KEY_REACHES_FURTHER,
            Finding.Kind.PERSONAL_ACCOUNT,
            Finding.Kind.DEPLOY_KEY_WOULD_DO,
            Finding.Kind.WIDE_KEY_OLD);

    private final Finding finding;

    private FindingRow(Finding finding) {
        this.finding = finding;
    }

    /**
     * What was found, for who asks: nothing for those who may merely read, since a forge's sentences tell more than the page,
     * and what names other repositories or accounts for administrators alone.
     */
    static List<FindingRow> of(Optional<Health> health, boolean mayConfigure) {
        return health.filter(found -> mayConfigure).map(Health::findings).orElse(List.of()).stream()
                .filter(finding -> Wiring.isAdministrator() || !OF_ADMINISTRATORS.contains(finding.kind()))
                .map(FindingRow::new)
                .toList();
    }

    @Exported
    public String getSentence() {
        return finding.sentence();
    }

    @Exported
    public String getCure() {
        return finding.cure();
    }

    @Exported
    public boolean isAdvice() {
        return finding.isAdvice();
    }
}
