package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.key.Fingerprint;
import io.jenkins.plugins.bellhop.key.RingKey;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One key, by its fingerprint. */
@ExportedBean(defaultVisibility = 999)
public final class KeyRow {

    private static final String FORMER = "former";

    private final String kind;
    private final String text;
    private final String name;
    private final Fingerprint fingerprint;
    private final boolean preferred;

    private KeyRow(String kind, String text, String name, Fingerprint fingerprint, boolean preferred) {
        this.kind = kind;
        this.text = text;
        this.name = name;
        this.fingerprint = fingerprint;
        this.preferred = preferred;
    }

    static KeyRow of(RingKey key, boolean preferred) {
        return new KeyRow(word(key.kind()), text(key.kind()), key.toString(), key.fingerprint(), preferred);
    }

    /** @param preferred whether builds of the repository get it; false also where that isn't told */
    static KeyRow deploy(Fingerprint fingerprint, boolean preferred) {
        RingKey.Kind kind = RingKey.Kind.DEPLOY;
        return new KeyRow(word(kind), text(kind), fingerprint.toString(), fingerprint, preferred);
    }

    static KeyRow former(Fingerprint fingerprint) {
        return new KeyRow(FORMER, Messages.KeyRow_Former(), fingerprint.toString(), fingerprint, false);
    }

    private static String word(RingKey.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String text(RingKey.Kind kind) {
        return switch (kind) {
            case BOUND_TO_REPOSITORY -> Messages.KeyRow_BoundToRepository();
            case USER -> Messages.KeyRow_User();
            case SHARED -> Messages.KeyRow_Shared();
            case DEPLOY -> Messages.KeyRow_Deploy();
            case BOUND_TO_SERVER -> Messages.KeyRow_BoundToServer();
        };
    }

    @Exported
    public String getKind() {
        return kind;
    }

    public String getText() {
        return text;
    }

    /** With its fingerprint. */
    public String getName() {
        return name;
    }

    @Exported
    public String getFingerprint() {
        return fingerprint.toString();
    }

    @Exported
    public boolean isPreferred() {
        return preferred;
    }
}
