package hudson.plugins.git.extensions;

import hudson.model.Descriptor;

public abstract class GitSCMExtensionDescriptor extends Descriptor<GitSCMExtension> {}
