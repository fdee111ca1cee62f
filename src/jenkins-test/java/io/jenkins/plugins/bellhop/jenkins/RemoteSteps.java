package io.jenkins.plugins.bellhop.jenkins;

import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.labels.LabelAtom;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.tasks.Shell;
import hudson.util.Secret;
import io.jenkins.plugins.bellhop.jenkins.checkout.BellhopHostKeys;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.Attempt;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import io.jenkins.plugins.bellhop.jenkins.pages.ConnectionPage;
import io.jenkins.plugins.bellhop.jenkins.pages.Home;
import io.jenkins.plugins.bellhop.jenkins.trigger.WebhookCause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.AbstractGitSCMSource.SCMRevisionImpl;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import jenkins.scm.api.SCMRevisionAction;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jvnet.hudson.test.JenkinsRule;

/** What tests do inside a Jenkins of another process. Other class loaders load it there: it sees what is public alone. */
final class RemoteSteps {

    private static final String TOKEN_ID = "forge-token";

    private RemoteSteps() {}

    /** Where Jenkins finds pages of Bellhop, as URLs. */
    static ArrayList<String> placesOfViews(JenkinsRule jenkins) {
        ArrayList<String> places = new ArrayList<>();
        for (Class<?> page : List.of(ConnectionPage.class, Home.class)) {
            places.add(String.valueOf(page.getResource(page.getSimpleName() + "/index.jelly")));
        }
        return places;
    }

    static void useGitHub(JenkinsRule jenkins, String apiUrl) {
        configuration().setGitHubServers(List.of(new GitHubServer(apiUrl)));
    }

    static void useBitbucket(JenkinsRule jenkins, String url) {
        configuration().setBitbucketServers(List.of(new BitbucketServer(url)));
    }

    static void introduce(JenkinsRule jenkins, String knownHosts, String token) throws IOException {
        configuration().setKnownHosts(knownHosts);
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, TOKEN_ID, "", Secret.fromString(token)));
        provider.save();
    }

    private static BellhopConfiguration configuration() {
        return ExtensionList.lookupSingleton(BellhopConfiguration.class);
    }

    static void connect(JenkinsRule jenkins, String name, String url, String label, boolean onlyPullRequests)
            throws IOException {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        if (!label.isEmpty()) {
            job.setAssignedLabel(new LabelAtom(label));
        }
        RepositoryConnection property = new RepositoryConnection(url);
        property.setCredentialsId(TOKEN_ID);
        property.setOnlyPullRequests(onlyPullRequests);
        property.setTags("v*");
        job.addProperty(property);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Wiring.get().reconciler().lastAttempt(job).isPresent());
        Attempt attempt = Wiring.get().reconciler().lastAttempt(job).orElseThrow();
        if (!attempt.connected()) {
            throw new IllegalStateException(attempt.sentence());
        }
    }

    /** A job that reads the repository with the connection's key once there is one, and runs its build script. */
    static void checkingOut(JenkinsRule jenkins, String name, String url) throws IOException {
        Wiring.hostKeyVerification().setSshHostKeyVerificationStrategy(new BellhopHostKeys());
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.getBuildersList().add(new Shell("./build.sh"));
        job.setScm(new GitSCM(
                List.of(new UserRemoteConfig(url, null, null, null)),
                List.of(new BranchSpec("**")),
                null,
                null,
                List.of(new ConnectionKeys())));
    }

    /** A multibranch project with a plain Git source, once the head of its branch main is built. */
    static void connectProject(JenkinsRule jenkins, String name, String url) throws Exception {
        Wiring.hostKeyVerification().setSshHostKeyVerificationStrategy(new BellhopHostKeys());
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, name);
        ProjectConnection property = new ProjectConnection(url);
        property.setCredentialsId(TOKEN_ID);
        project.addProperty(property);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !Wiring.get().connections().ofItem(name).isEmpty());
        GitSCMSource source = new GitSCMSource(url);
        source.setCredentialsId(
                "bellhop-" + Wiring.get().connections().ofItem(name).get(0).id());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        project.getSourcesList().add(new BranchSource(source));
        project.save();
        project.scheduleBuild2(0).getFuture().get();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !branchBuilds(jenkins, name, "main").isEmpty());
    }

    /** The commits that a branch's builds took, newest first; those that haven't taken one yet are left out. */
    static ArrayList<String> branchBuilds(JenkinsRule jenkins, String project, String branch) {
        ArrayList<String> commits = new ArrayList<>();
        WorkflowJob job = jenkins.jenkins.getItemByFullName(project + "/" + branch, WorkflowJob.class);
        if (job != null) {
            job.getBuilds().stream()
                    .map(run -> run.getAction(SCMRevisionAction.class))
                    .filter(action -> action != null && action.getRevision() instanceof SCMRevisionImpl)
                    .forEach(action -> commits.add(((SCMRevisionImpl) action.getRevision()).getHash()));
        }
        return commits;
    }

    static void giveNode(JenkinsRule jenkins, String label) throws IOException {
        jenkins.jenkins.setLabelString(label);
        // Jenkins remembers which nodes a label has until its nodes are set.
        jenkins.jenkins.setNodes(jenkins.jenkins.getNodes());
        jenkins.jenkins.getQueue().scheduleMaintenance();
    }

    static ArrayList<String> builds(JenkinsRule jenkins, String job) {
        ArrayList<String> builds = new ArrayList<>();
        for (Run<?, ?> run : job(jenkins, job).getBuilds()) {
            builds.add(described(run.getCause(WebhookCause.class)));
        }
        return builds;
    }

    static ArrayList<String> queued(JenkinsRule jenkins, String job) {
        ArrayList<String> queued = new ArrayList<>();
        for (Queue.Item item : jenkins.jenkins.getQueue().getItems(job(jenkins, job))) {
            item.getCauses().stream()
                    .filter(WebhookCause.class::isInstance)
                    .map(WebhookCause.class::cast)
                    .forEach(cause -> queued.add(described(cause)));
        }
        return queued;
    }

    private static FreeStyleProject job(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, FreeStyleProject.class);
    }

    private static String described(WebhookCause cause) {
        return cause.ref() + " " + cause.commit();
    }
}
