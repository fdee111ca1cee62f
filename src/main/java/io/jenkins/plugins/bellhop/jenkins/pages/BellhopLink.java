package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.Extension;
import hudson.model.ManagementLink;
import io.jenkins.plugins.bellhop.jenkins.ManagePage;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import org.kohsuke.stapler.StaplerProxy;

/** Manage Jenkins, Bellhop. The webhooks' own address is another one. */
@Extension
public final class BellhopLink extends ManagementLink implements StaplerProxy {

    @Override
    public String getIconFileName() {
        return "symbol-notifications";
    }

    @Override
    public String getDisplayName() {
        return Messages.Home_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.Home_Description();
    }

    @Override
    public String getUrlName() {
        return ManagePage.CONNECTIONS.urlName();
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** Management links check nothing themselves. */
    @Override
    public Object getTarget() {
        return Home.forAdministrators();
    }
}
