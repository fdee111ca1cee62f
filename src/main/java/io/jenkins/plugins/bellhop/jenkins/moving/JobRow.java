package io.jenkins.plugins.bellhop.jenkins.moving;

import hudson.model.Item;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.moving.Chosen.Shown;
import io.jenkins.plugins.bellhop.moving.Preview;
import io.jenkins.plugins.bellhop.moving.Start;
import java.util.List;
import java.util.Optional;

/** One job that isn't connected, as a row. Absent values are empty. */
public final class JobRow {

    private final Preview preview;
    private final CredentialNames names;

    /** What needs more than the preview is looked up when it is shown. */
    JobRow(Preview preview, CredentialNames names) {
        this.preview = preview;
        this.names = names;
    }

    Preview preview() {
        return preview;
    }

    public String getName() {
        return preview.job().name();
    }

    /** Below Jenkins' own address. */
    public String getPath() {
        return item().map(Item::getUrl).orElse("");
    }

    private Optional<Item> item() {
        return Wiring.get().jobs().find(getName());
    }

    /** What choosing it posts. */
    public String getShown() {
        return Shown.of(preview).map(Shown::text).orElse("");
    }

    public boolean isConnectable() {
        return preview.proposal().connecting().isPresent();
    }

    public String getRepository() {
        return preview.repository().map(found -> found.name().toString()).orElse("");
    }

    public String getForge() {
        return preview.repository()
                .map(found -> found.forge() + ", " + found.host())
                .orElse("");
    }

    /** Without passwords. */
    public List<String> getRemotes() {
        return preview.job().addresses();
    }

    public List<String> getStarts() {
        return preview.job().starts().stream().map(Start::label).toList();
    }

    public String getCredential() {
        return preview.job()
                .credentialsId()
                .flatMap(id -> item().map(item -> names.of(item, id)))
                .orElse("");
    }

    public String getSentence() {
        return preview.proposal().sentence();
    }

    public List<String> getAfterwards() {
        return preview.takenAwayAfterwards(getCredential());
    }
}
