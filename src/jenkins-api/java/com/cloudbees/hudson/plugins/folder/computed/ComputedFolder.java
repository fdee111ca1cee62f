package com.cloudbees.hudson.plugins.folder.computed;

import hudson.model.Item;
import hudson.model.TopLevelItem;

public abstract class ComputedFolder<I extends TopLevelItem> implements Item {

    private ComputedFolder() {}
}
