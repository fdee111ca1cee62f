package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import java.io.IOException;
import jenkins.scm.api.SCMSourceOwner;

/** A multibranch project's page, as jobs have it. What it can change, its folder's people may, too. */
public final class ProjectPage extends ConnectionPage {

    ProjectPage(SCMSourceOwner project) {
        super(project);
    }

    @Override
    void removeWish() throws IOException {
        ProjectConnection.removeFrom(getItem());
    }
}
