package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.Extension;
import hudson.model.ManagementLink;
import io.jenkins.plugins.bellhop.jenkins.ManagePage;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import org.kohsuke.stapler.StaplerProxy;

/** The deliveries of all connections. Reached from Bellhop's page under Manage Jenkins. */
@Extension
public final class AllDeliveries extends ManagementLink implements StaplerProxy {

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.AllDeliveries_Title();
    }

    @Override
    public String getUrlName() {
        return ManagePage.DELIVERIES.urlName();
    }

    /** Management links check nothing themselves. */
    @Override
    public Object getTarget() {
        return Deliveries.ofAll();
    }
}
