package com.cloudbees.hudson.plugins.folder;

import hudson.model.Item;
import hudson.model.TopLevelItem;
import hudson.util.DescribableList;

public abstract class AbstractFolder<I extends TopLevelItem> implements Item {

    private AbstractFolder() {}

    public DescribableList<AbstractFolderProperty<?>, AbstractFolderPropertyDescriptor> getProperties() {
        return null;
    }

    public boolean isDisabled() {
        return false;
    }
}
