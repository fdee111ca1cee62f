package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import java.util.List;

/** What is answered when an item's connection came to its end: the page "Repository connection" may be gone with it. */
public final class EndedConnection implements ModelObject {

    private final Item item;
    private final List<String> sentences;

    /** @param sentences one for each connection; none when there was none */
    EndedConnection(Item item, List<String> sentences) {
        this.item = item;
        this.sentences = List.copyOf(sentences);
    }

    @Override
    public String getDisplayName() {
        return Messages.JobConnection_DisplayName();
    }

    public Item getItem() {
        return item;
    }

    /** What went, and what stays. */
    public List<String> getSentences() {
        return sentences;
    }
}
