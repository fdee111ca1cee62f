package hudson.plugins.git.extensions.impl;

import hudson.plugins.git.extensions.GitSCMExtension;

public class SubmoduleOption extends GitSCMExtension {

    private SubmoduleOption() {}

    public boolean isDisableSubmodules() {
        return false;
    }
}
