package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;

/** Says that github.com or bitbucket.org publishes other host keys than those pinned, until somebody has decided. */
@Extension
public final class HostKeyChangeMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.HostKeyChangeMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return !Wiring.get().hostKeyWatch().waiting().isEmpty();
    }
}
