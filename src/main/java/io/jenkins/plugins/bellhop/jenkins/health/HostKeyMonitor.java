package io.jenkins.plugins.bellhop.jenkins.health;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.checkout.BellhopHostKeys;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Says that checkouts over SSH will fail, or trust hosts that Bellhop doesn't, because Git in jobs verifies host keys in
 * another way than the proof at Connect did. Mends it with a click.
 */
@Extension
public final class HostKeyMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.HostKeyMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return !Wiring.get().connections().all().isEmpty()
                && !(Wiring.hostKeyVerification().getSshHostKeyVerificationStrategy() instanceof BellhopHostKeys);
    }

    /** The button. */
    @RequirePOST
    public HttpResponse doUseBellhops() {
        Wiring.checkAdministrator();
        Wiring.hostKeyVerification().setSshHostKeyVerificationStrategy(new BellhopHostKeys());
        Wiring.get().audit(Act.Kind.HOST_KEYS, "", "", "Git in jobs: " + Messages.BellhopHostKeys_DisplayName());
        return new HttpRedirect("../../manage");
    }
}
