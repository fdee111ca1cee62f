package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jenkins.scm.api.SCMNavigatorOwner;
import jenkins.scm.api.SCMSourceOwner;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** An organisation folder's page "Repository connections": which of its projects are connected, and why others aren't. */
public final class OrganizationPage implements Action {

    private final SCMNavigatorOwner folder;

    OrganizationPage(SCMNavigatorOwner folder) {
        this.folder = folder;
    }

    @Override
    public String getIconFileName() {
        return "symbol-link";
    }

    @Override
    public String getDisplayName() {
        return Messages.OrganizationConnection_DisplayName();
    }

    @Override
    public String getUrlName() {
        return ConnectionPage.URL_NAME;
    }

    public Item getFolder() {
        return folder;
    }

    public boolean isMayConfigure() {
        return Wiring.mayConfigure(folder);
    }

    /** Those that the current user may see, by name. */
    public List<Row> getRows() {
        List<Row> rows = new ArrayList<>();
        if (folder instanceof ItemGroup<?> group) {
            group.getItems().forEach(item -> {
                if (item instanceof SCMSourceOwner project) {
                    rows.add(row(project));
                }
            });
        }
        rows.sort(Comparator.comparing(Row::getName));
        return rows;
    }

    public long getConnected() {
        return getRows().stream().filter(Row::isConnected).count();
    }

    private Row row(SCMSourceOwner project) {
        ConnectionState found = new ProjectPage(project).getState();
        if (found.isConnected()) {
            return new Row(
                    project, true, Messages.OrganizationPage_Connected(found.getRepository(), found.getFingerprint()));
        }
        String problem = found.getProblem().isEmpty() ? Messages.OrganizationPage_NotYet() : found.getProblem();
        return new Row(project, false, leftOut(project).orElse(problem));
    }

    private Optional<String> leftOut(SCMSourceOwner project) {
        return Wish.of(project).isPresent()
                ? Optional.empty()
                : OrganizationConnection.of(folder).flatMap(asking -> asking.whyNot(project));
    }

    /** Tries all that isn't connected, now. Returns at once. */
    @RequirePOST
    public HttpResponse doConnect() {
        folder.checkPermission(Item.CONFIGURE);
        Wiring.get().reconciler().tryAgainIn(folder);
        return new HttpRedirect(".");
    }

    /** One project of the folder. */
    public static final class Row {

        private final SCMSourceOwner project;
        private final boolean connected;
        private final String state;

        Row(SCMSourceOwner project, boolean connected, String state) {
            this.project = project;
            this.connected = connected;
            this.state = state;
        }

        public String getName() {
            return project.getFullName();
        }

        public String getUrl() {
            return project.getUrl();
        }

        public boolean isConnected() {
            return connected;
        }

        public String getState() {
            return state;
        }
    }
}
