package com.cloudbees.hudson.plugins.folder;

import hudson.model.Descriptor;

public abstract class AbstractFolderPropertyDescriptor extends Descriptor<AbstractFolderProperty<?>> {

    @SuppressWarnings("rawtypes")
    public boolean isApplicable(Class<? extends AbstractFolder> containerType) {
        return false;
    }
}
