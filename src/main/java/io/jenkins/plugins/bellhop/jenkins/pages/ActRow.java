package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Run;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.Date;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One act as a row of the audit trail. Absent values are empty. */
@ExportedBean(defaultVisibility = 999)
public final class ActRow {

    private final Act act;

    ActRow(Act act) {
        this.act = act;
    }

    @Exported
    public Date getTime() {
        return Date.from(act.at());
    }

    @Exported
    public String getKind() {
        return act.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Empty for Bellhop itself. */
    @Exported
    public String getUser() {
        return act.who();
    }

    @Exported
    public String getRepository() {
        return act.repository();
    }

    @Exported
    public String getItem() {
        return act.item();
    }

    /** Where the job or build has its page, below Jenkins' root; empty when it isn't there. */
    public String getPath() {
        if (act.kind() != Kind.KEY_USED) {
            return act.item().isEmpty() ? "" : Wiring.get().pathOf(act.item()).orElse("");
        }
        Run<?, ?> run = Wiring.runOf(act.item());
        return run == null ? "" : run.getUrl();
    }

    @Exported
    public String getDetail() {
        return act.detail();
    }

    public String getText() {
        return text(act.kind());
    }

    static String text(Kind kind) {
        return switch (kind) {
            case MADE -> Messages.Act_Made();
            case CONNECTED -> Messages.Act_Connected();
            case DISCONNECTED -> Messages.Act_Disconnected();
            case REMOVED -> Messages.Act_Removed();
            case KEY_CHANGED -> Messages.Act_KeyChanged();
            case KEY_REVOKED -> Messages.Act_KeyRevoked();
            case HOOK_CHANGED -> Messages.Act_HookChanged();
            case RENAMED -> Messages.Act_Renamed();
            case REPAIRED -> Messages.Act_Repaired();
            case ROTATION_OF_MANY -> Messages.Act_RotationOfMany();
            case CONNECTION_OF_MANY -> Messages.Act_ConnectionOfMany();
            case TRIGGER_OFF -> Messages.Act_TriggerOff();
            case APPROVED -> Messages.Act_Approved();
            case REPLAYED -> Messages.Act_Replayed();
            case HOST_KEYS -> Messages.Act_HostKeys();
            case USER_KEYS -> Messages.Act_UserKeys();
            case SHARED_KEYS -> Messages.Act_SharedKeys();
            case KEY_USED -> Messages.Act_KeyUsed();
        };
    }

    /** A kind to look for. */
    public static final class Choice {

        private final Kind kind;

        Choice(Kind kind) {
            this.kind = kind;
        }

        public String getValue() {
            return kind.name().toLowerCase(Locale.ROOT);
        }

        public String getText() {
            return ActRow.text(kind);
        }
    }
}
