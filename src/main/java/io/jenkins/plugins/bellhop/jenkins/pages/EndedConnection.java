package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.bellhop.jenkins.Messages;

/** What is answered when an item's connection came to its end: the page "Repository connection" may be gone with it. */
public final class EndedConnection implements ModelObject {

    private final Item item;
    private final String sentence;

    EndedConnection(Item item, String sentence) {
        this.item = item;
        this.sentence = sentence;
    }

    @Override
    public String getDisplayName() {
        return Messages.JobConnection_DisplayName();
    }

    public Item getItem() {
        return item;
    }

    /** What went, and what stays. */
    public String getSentence() {
        return sentence;
    }
}
