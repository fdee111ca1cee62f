package com.cloudbees.hudson.plugins.folder.computed;

import hudson.model.Result;
import hudson.model.Saveable;
import hudson.model.TopLevelItem;
import java.io.IOException;
import java.util.Calendar;

public class FolderComputation<I extends TopLevelItem> implements Saveable {

    private FolderComputation() {}

    public ComputedFolder<I> getParent() {
        return null;
    }

    public Result getResult() {
        return null;
    }

    public Calendar getTimestamp() {
        return null;
    }

    @Override
    public void save() throws IOException {}
}
