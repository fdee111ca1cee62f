package io.jenkins.plugins.bellhop.jenkins.moving;

import hudson.Util;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.jenkins.Messages;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import io.jenkins.plugins.bellhop.moving.Chosen;
import io.jenkins.plugins.bellhop.moving.Chosen.Shown;
import io.jenkins.plugins.bellhop.moving.Preview;
import io.jenkins.plugins.bellhop.moving.Wanted;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The jobs that aren't connected yet: how each starts now, what Bellhop would do, what hinders, and what to take away afterwards.
 * Connects the chosen ones. Reached by administrators alone.
 */
public final class MovingPage implements ModelObject {

    /** Jobs on one page. */
    static final int MOST_SHOWN = 50;

    private static final String CONNECTABLE = "connectable";

    @Override
    public String getDisplayName() {
        return Messages.MovingPage_DisplayName();
    }

    /** Which of the request's patterns is wrong, and why; empty when none is. */
    public String getProblem(StaplerRequest2 request) {
        try {
            wanted(request);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** What the request asks for, when there is no problem with it. */
    public FoundJobs find(StaplerRequest2 request) {
        return new FoundJobs(
                unconnected(), wanted(request), request, MOST_SHOWN, "repositories", "jobs", "server", "show");
    }

    private static List<Preview> unconnected() {
        Wiring.checkAdministrator();
        return Wiring.get().manyJobs().unconnected().all();
    }

    private static Wanted wanted(StaplerRequest2 request) {
        return Wanted.of(
                parameter(request, "repositories"),
                parameter(request, "jobs"),
                parameter(request, "server"),
                parameter(request, "show").equals(CONNECTABLE));
    }

    private static String parameter(StaplerRequest2 request, String name) {
        return Util.fixNull(request.getParameter(name)).trim();
    }

    /** For the form, which repeats what was asked for. */
    public String getRepositories(StaplerRequest2 request) {
        return parameter(request, "repositories");
    }

    public String getJobs(StaplerRequest2 request) {
        return parameter(request, "jobs");
    }

    public String getServer(StaplerRequest2 request) {
        return parameter(request, "server");
    }

    public boolean isConnectableAlone(StaplerRequest2 request) {
        return parameter(request, "show").equals(CONNECTABLE);
    }

    /** Hosts of the forges that Jenkins is configured to work with. */
    public List<String> getServers() {
        return Wiring.get().forges().all().stream().map(Forge::host).toList();
    }

    public int getMostChosen() {
        return Chosen.MOST;
    }

    /**
     * The jobs that were ticked, or with {@code all} those that the search finds and that can be connected. Of each the user
     * must be allowed to change the configuration.
     */
    @RequirePOST
    public HttpResponse doConnect(StaplerRequest2 request) {
        Wiring.checkAdministrator();
        Chosen chosen = chosen(request);
        String credentialsId = parameter(request, "credentialsId");
        if (credentialsId.isEmpty()) {
            throw new Failure(Messages.MovingPage_NoToken());
        }
        chosen.jobs().stream()
                .flatMap(name -> Wiring.get().jobs().find(name).stream())
                .forEach(item -> item.checkPermission(Item.CONFIGURE));
        boolean switchOff = request.getParameter("switchOff") != null;
        if (!Wiring.get().manyJobs().connect(chosen, credentialsId, switchOff)) {
            throw new Failure(Messages.MovingPage_Running());
        }
        Wiring.get()
                .audit(
                        Kind.CONNECTION_OF_MANY,
                        "",
                        "",
                        Messages.MovingPage_Count(chosen.jobs().size()));
        return new HttpRedirect("progress/");
    }

    private static Chosen chosen(StaplerRequest2 request) {
        try {
            String all = request.getParameter("all");
            return new Chosen(all == null ? ticked(request) : found(request, all));
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
    }

    private static List<Shown> ticked(StaplerRequest2 request) {
        String[] shown = request.getParameterValues("job");
        return shown == null ? List.of() : Stream.of(shown).map(Shown::parse).toList();
    }

    /** @param number of the jobs that the page told of */
    private static List<Shown> found(StaplerRequest2 request, String number) {
        Wanted wanted = wanted(request).connectableAlone();
        List<Shown> found = unconnected().stream()
                .filter(wanted::covers)
                .flatMap(preview -> Shown.of(preview).stream())
                .toList();
        if (!String.valueOf(found.size()).equals(number)) {
            throw new Failure(Messages.MovingPage_Others(found.size()));
        }
        return found;
    }

    /** Lies at {@code progress} below this page. */
    public MovingProgress getProgress() {
        return new MovingProgress();
    }
}
