package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.Extension;
import hudson.model.ManagementLink;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import org.kohsuke.stapler.StaplerProxy;

/** Manage Jenkins, Bellhop: the deliveries of all connections. The webhooks' own address is another one. */
@Extension
public final class AllDeliveries extends ManagementLink implements StaplerProxy {

    @Override
    public String getIconFileName() {
        return "symbol-notifications";
    }

    @Override
    public String getDisplayName() {
        return Messages.AllDeliveries_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.AllDeliveries_Description();
    }

    @Override
    public String getUrlName() {
        return "bellhop-deliveries";
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** Management links check nothing themselves. */
    @Override
    public Object getTarget() {
        return Deliveries.ofAll();
    }
}
