package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.jenkins.GitHubPushTrigger;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.sun.management.OperatingSystemMXBean;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import io.jenkins.plugins.bellhop.flow.Act;
import io.jenkins.plugins.bellhop.flow.Act.Kind;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.moving.Chosen;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Manage Jenkins, Bellhop, the jobs that aren't connected yet: their preview, and the connecting of many. */
@WithJenkins
class MovingTest {

    private static final Logger LOGGER = Logger.getLogger(MovingTest.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUICK = Duration.ofMillis(300);
    private static final String PAGE = "manage/bellhop-connections/moving/";
    private static final int ROUNDS = 20;
    /** Longer than a pattern may be. */
    private static final String LONG = "x".repeat(2_500);

    @TempDir
    private Path directory;

    private ConnectedJenkins connected;
    private JenkinsRule jenkins;
    private SandboxRepository site;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        connected = new ConnectedJenkins(rule, directory);
        site = connected.forge.createRepository("acme", "site", true);
        site.commit("main", Map.of("build.sh", "true\n"), "A site");
        jenkins.jenkins.getExtensionList(Descriptor.class).add(new GitHubPushTrigger.DescriptorImpl());
        jenkins.jenkins.getExtensionList(Descriptor.class).add(new Kept.DescriptorImpl());
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "robot-id", "robot of the team", "robot", "hunter2-hunter2"));
        provider.save();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("reader"));
    }

    @AfterEach
    void stop() throws Exception {
        connected.close();
    }

    @Test
    void showsOfEachJobHowItStartsWhatWouldBecomeOfItAndWhatHinders() throws Exception {
        connected.freestyle("connected");
        FreeStyleProject first = job("site", connected.forge.sshUrl(site));
        first.addTrigger(new GitHubPushTrigger());
        job("joining", connected.sshUrl());
        job("elsewhere", "https://robot:hunter2@git.example.org/acme/app.git");
        pipelineOfScm("flow").addTrigger(new SCMTrigger("H/5 * * * *"));
        script();
        jenkins.createProject(WorkflowMultiBranchProject.class, "branches");

        HtmlPage page = page("");

        assertThat(page.asNormalizedText())
                .contains("6 jobs aren’t connected. Found: 6. To be connected: 3.")
                .contains("A new connection to acme/site on 127.0.0.1: a read-only deploy key and a webhook.")
                .contains("It joins the connection of acme/app on 127.0.0.1")
                .contains("GitHub hook trigger for GITScm polling", "at the forge the webhook to …/github-webhook/")
                .contains("Poll SCM, in its script too")
                .contains("the credential robot of the team, in favour of Deploy key of acme/site")
                .contains("No forge is configured for git.example.org.")
                .contains("Its Pipeline script says what it checks out")
                .contains("A multibranch project");
        assertThat(page.getWebResponse().getContentAsString())
                .doesNotContain("hunter2", "robot-id", "href=\"/jenkins/job/connected/\"");
        assertThat(credentials(page)).contains(ConnectedJenkins.TOKEN_ID);
        assertThat(as("admin").goTo("manage/bellhop-connections/").asNormalizedText())
                .contains("Jobs not connected yet");
    }

    @Test
    void theChosenJobsAreConnectedAndTheirFormerTriggersSwitchedOff() throws Exception {
        FreeStyleProject freestyle = job("site", connected.forge.sshUrl(site));
        freestyle.addTrigger(new GitHubPushTrigger());
        freestyle.addTrigger(new TimerTrigger("@yearly"));
        freestyle.addTrigger(new SCMTrigger("H 4 * * *\nH 5 * * *"));
        WorkflowJob pipeline = pipelineOfScm("flow");
        pipeline.addTrigger(new GitHubPushTrigger());
        pipeline.addTrigger(new TimerTrigger("@yearly"));
        Kept kept = new Kept();
        pipeline.addTrigger(kept);
        pipeline.addTrigger(new SCMTrigger(""));
        int stops = kept.stops;
        FreeStyleProject left = job("left", connected.sshUrl());
        int stopped = GitHubPushTrigger.stopped;
        HtmlPage page = form("");
        tick(page, "site");
        tick(page, "flow");
        choose(page, ConnectedJenkins.TOKEN_ID);
        page.getElementById("switch-off").click();

        HtmlPage progress = press(page, "Connect the chosen");

        assertThat(progress.getUrl().getPath()).endsWith(PAGE + "progress/");
        awaitProgress("2 of 2 jobs connected, 0 failed.");
        for (Job<?, ?> job : List.of(freestyle, pipeline)) {
            RepositoryConnection section = RepositoryConnection.of(job);
            assertThat(section.getCredentialsId()).isEqualTo(ConnectedJenkins.TOKEN_ID);
            assertThat(Wiring.get()
                            .reconciler()
                            .isConnected(job.getFullName(), section.remote(), ConnectedJenkins.TOKEN_ID))
                    .isTrue();
        }
        assertThat(triggers(freestyle))
                .hasOnlyElementsOfType(TimerTrigger.class)
                .hasSize(1);
        assertThat(triggers(pipeline))
                .hasOnlyElementsOfTypes(TimerTrigger.class, Kept.class, SCMTrigger.class)
                .hasSize(3);
        assertThat(kept.stops).as("the others go on running").isEqualTo(stops);
        assertThat(GitHubPushTrigger.stopped).isGreaterThan(stopped);
        assertThat(RepositoryConnection.of(left)).isNull();
        assertThat(site.hooks()).hasSize(1);
        assertThat(as("admin").goTo(PAGE + "progress/").asNormalizedText())
                .contains("Connected to acme/site", "Switched off: GitHub hook trigger for GITScm polling")
                .doesNotContain("Save the job");
        assertThat(page("").asNormalizedText()).contains("1 job isn’t connected.");
        assertThat(acts(Kind.CONNECTION_OF_MANY)).extracting(Act::detail).containsExactly("2 jobs");
        assertThat(acts(Kind.TRIGGER_OFF)).extracting(Act::item).containsExactlyInAnyOrder("site", "flow");
        assertThat(acts(Kind.TRIGGER_OFF))
                .extracting(Act::detail)
                .anySatisfy(detail -> assertThat(detail)
                        .contains(GitHubPushTrigger.class.getName())
                        .contains("hudson.triggers.SCMTrigger, schedule H 4 * * * | H 5 * * *"));
        assertThat(acts(Kind.CONNECTED)).extracting(Act::item).contains("site", "flow");
        jenkins.jenkins.reload();
        assertThat(RepositoryConnection.of(jenkins.jenkins.getItemByFullName("site", Job.class)))
                .isNotNull();
    }

    @Test
    void aWholeOrganisationIsConnectedByItsPatternAndTriggersStayUnlessAskedFor() throws Exception {
        SandboxRepository other = connected.forge.createRepository("shop", "cart", true);
        FreeStyleProject first = job("first", connected.forge.sshUrl(site));
        first.addTrigger(new GitHubPushTrigger());
        FreeStyleProject second = job("second", connected.sshUrl());
        FreeStyleProject foreign = job("foreign", connected.forge.sshUrl(other));
        HtmlPage page = form("?repositories=ACME/*");
        assertThat(page.asNormalizedText()).contains("Found: 2.").doesNotContain("shop/cart");
        choose(page, ConnectedJenkins.TOKEN_ID);

        press(page, "Connect all 2 that can be");

        awaitProgress("2 of 2 jobs connected, 0 failed.");
        assertThat(RepositoryConnection.of(first)).isNotNull();
        assertThat(RepositoryConnection.of(second)).isNotNull();
        assertThat(RepositoryConnection.of(foreign)).isNull();
        assertThat(triggers(first))
                .hasOnlyElementsOfType(GitHubPushTrigger.class)
                .hasSize(1);
    }

    @Test
    void whatFailsIsNamedAndItsJobStaysAsItIs() throws Exception {
        ConnectedJenkins.addToken("weak", "ghp_" + "0".repeat(36));
        FreeStyleProject job = job("site", connected.forge.sshUrl(site));
        job.addTrigger(new GitHubPushTrigger());

        post("admin", PAGE + connect(connected.forge.sshUrl(site), "site", "weak") + "&job=x%20gone&switchOff=on");

        awaitProgress("0 of 2 jobs connected, 2 failed.");
        assertThat(as("admin").goTo(PAGE + "progress/").asNormalizedText()).contains("The job is gone.");
        assertThat(RepositoryConnection.of(job)).isNull();
        assertThat(triggers(job)).hasSize(1);
        assertThat(Wiring.get().reconciler().troubles()).isEmpty();
        assertThat(page("").asNormalizedText()).contains("1 job isn’t connected.");
    }

    @Test
    void aJobThatLeadsElsewhereSinceItWasShownIsLeftAlone() throws Exception {
        FreeStyleProject job = job("site", connected.forge.sshUrl(site));
        HtmlPage page = form("");
        tick(page, "site");
        choose(page, ConnectedJenkins.TOKEN_ID);
        job.setScm(git(connected.sshUrl()));

        press(page, "Connect the chosen");

        awaitProgress("0 of 1 jobs connected, 1 failed.");
        assertThat(as("admin").goTo(PAGE + "progress/").asNormalizedText())
                .contains(
                        "Its Git remote has changed since it was shown, and leads to " + connected.sshUrl() + " now.");
        assertThat(RepositoryConnection.of(job)).isNull();
    }

    @Test
    void allAreConnectedOnlyIfTheyAreAsManyAsWereShown() throws Exception {
        FreeStyleProject first = job("site", connected.forge.sshUrl(site));
        HtmlPage page = form("");
        choose(page, ConnectedJenkins.TOKEN_ID);
        job("second", connected.sshUrl());
        page.getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);

        HtmlPage answer = press(page, "Connect the one that can be");

        assertThat(answer.asNormalizedText())
                .contains("Meanwhile the search finds another number of jobs that can be connected: 2.");
        assertThat(RepositoryConnection.of(first)).isNull();
    }

    @Test
    void aJobThatCannotBeReadIsARowThatSaysSo() throws Exception {
        job("broken", connected.forge.sshUrl(site)).addTrigger(new Kept());
        jenkins.jenkins.getDescriptorByType(Kept.DescriptorImpl.class).broken = true;
        job("site", connected.forge.sshUrl(site));

        assertThat(page("").asNormalizedText())
                .contains("2 jobs aren’t connected. Found: 2. To be connected: 1.")
                .contains("Its configuration can't be read; the log of Jenkins says why.");
    }

    @Test
    void whatCannotBeSavedIsNotLeftInMemory() throws Exception {
        FreeStyleProject job = job("site", connected.forge.sshUrl(site));
        File file = job.getConfigFile().getFile();
        assertThat(file.delete()).isTrue();
        Files.createDirectories(file.toPath().resolve("in-the-way"));

        post("admin", PAGE + connect(connected.forge.sshUrl(site), "site", ConnectedJenkins.TOKEN_ID));

        awaitProgress("0 of 1 jobs connected, 1 failed.");
        assertThat(as("admin").goTo(PAGE + "progress/").asNormalizedText())
                .contains("Its configuration could not be saved");
        assertThat(RepositoryConnection.of(job)).isNull();
    }

    @Test
    void isForAdministratorsAloneAndConnectsWithPostAlone() throws Exception {
        FreeStyleProject job = job("site", connected.forge.sshUrl(site));
        String connect = PAGE + connect(connected.forge.sshUrl(site), "site", ConnectedJenkins.TOKEN_ID);

        assertThat(status("reader", HttpMethod.GET, PAGE)).isEqualTo(403);
        assertThat(status("reader", HttpMethod.GET, PAGE + "progress/")).isEqualTo(403);
        assertThat(status("reader", HttpMethod.POST, connect)).isEqualTo(403);
        assertThat(status("reader", HttpMethod.POST, PAGE + "progress/stop")).isEqualTo(403);
        assertThat(status("admin", HttpMethod.GET, connect)).isEqualTo(405);
        assertThat(status("admin", HttpMethod.GET, PAGE + "progress/stop")).isEqualTo(405);
        assertThat(RepositoryConnection.of(job)).isNull();
    }

    @Test
    void nonsenseAndTooManyJobsAreAnsweredWithASentence() throws Exception {
        assertThat(status("admin", HttpMethod.POST, PAGE + "connect?credentialsId=x"))
                .isEqualTo(400);
        assertThat(status("admin", HttpMethod.POST, PAGE + "connect?job=a")).isEqualTo(400);
        assertThat(page("?repositories=" + LONG).asNormalizedText())
                .contains("expected a pattern of 1 to 255 characters");
        WebClient client = as("admin");
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(client.createCrumbedUrl(PAGE + "connect"), HttpMethod.POST);
        request.setRequestParameters(IntStream.rangeClosed(0, Chosen.MOST)
                .mapToObj(i -> new NameValuePair("job", "https://example.org/acme/app job-" + i))
                .toList());
        assertThat(client.loadWebResponse(request).getContentAsString())
                .contains("expected at most 100 jobs at once, found 101");
        HtmlPage nonsense = page("?repositories=%22%3E%3Cscript%3E&page=-1");
        assertThat(nonsense.asNormalizedText()).contains("All jobs are connected.");
        assertThat(nonsense.getWebResponse().getContentAsString()).doesNotContain("\"><script>");
    }

    @Test
    void isQuickWithAThousandJobs() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            job("job-" + i, "git@github.com:acme/repository-" + i + ".git").addTrigger(new GitHubPushTrigger());
        }
        WebClient client = as("admin");

        assertThat(client.goTo(PAGE).asNormalizedText())
                .contains("1,000 jobs aren’t connected. Found: 1,000. To be connected: 1,000.", "Next");
        for (String path : List.of(PAGE, PAGE + "?repositories=acme/*-9*&page=2")) {
            assertThat(quickest(client, path)).as(path).isLessThan(QUICK);
        }
    }

    /** Processor time of all that the request needs in this process: whatever else the machine does doesn't count. */
    private static Duration quickest(WebClient client, String path) throws Exception {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        WebRequest request = new WebRequest(client.createCrumbedUrl(path));
        long best = Long.MAX_VALUE;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            long before = system.getProcessCpuTime();
            client.loadWebResponse(request);
            best = Math.min(best, system.getProcessCpuTime() - before);
            shortest = Math.min(shortest, System.nanoTime() - begin);
        }
        LOGGER.info(path + " with 1,000 jobs: " + Duration.ofNanos(best).toMillis() + " ms of processor time, "
                + Duration.ofNanos(shortest).toMillis() + " ms by the clock");
        return Duration.ofNanos(best);
    }

    private FreeStyleProject job(String name, String url) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.setScm(git(url));
        return job;
    }

    private static GitSCM git(String url) {
        return new GitSCM(
                List.of(new UserRemoteConfig(url, null, null, "robot-id")),
                List.of(new BranchSpec("**")),
                null,
                null,
                List.of());
    }

    private WorkflowJob pipelineOfScm(String name) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsScmFlowDefinition(git(connected.forge.sshUrl(site)), "Jenkinsfile"));
        return job;
    }

    private void script() throws Exception {
        jenkins.createProject(WorkflowJob.class, "script").setDefinition(new CpsFlowDefinition("echo 'hi'", true));
    }

    private static Collection<Trigger<?>> triggers(Job<?, ?> job) {
        return ((ParameterizedJob<?, ?>) job).getTriggers().values();
    }

    private HtmlPage page(String query) throws Exception {
        return as("admin").goTo(PAGE + query);
    }

    /** To be filled in: Jenkins' own scripts send the crumb. */
    private HtmlPage form(String query) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(true)
                .login("admin")
                .goTo(PAGE + query);
    }

    private static String connect(String remote, String job, String credentialsId) {
        String shown = URLEncoder.encode(remote + " " + job, StandardCharsets.UTF_8);
        return "connect?job=" + shown + "&credentialsId=" + credentialsId;
    }

    private static void tick(HtmlPage page, String job) throws Exception {
        page.<HtmlInput>getFirstByXPath("//input[@name='job' and contains(@value, ' " + job + "')]")
                .click();
    }

    private static List<String> credentials(HtmlPage page) {
        return page.<HtmlSelect>getFirstByXPath("//select[@name='credentialsId']").getOptions().stream()
                .map(option -> option.getValueAttribute())
                .toList();
    }

    private static void choose(HtmlPage page, String credentialsId) {
        HtmlSelect select = page.getFirstByXPath("//select[@name='credentialsId']");
        select.getOptionByValue(credentialsId).setSelected(true);
    }

    private static HtmlPage press(HtmlPage page, String label) throws Exception {
        return page.<HtmlElement>getFirstByXPath("//button[normalize-space()='" + label + "']")
                .click();
    }

    private void awaitProgress(String words) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(as("admin").goTo(PAGE + "progress/").asNormalizedText())
                                .contains(words, "Done."));
    }

    private static List<Act> acts(Kind kind) {
        return Wiring.get()
                .auditTrail()
                .find(act -> act.kind() == kind && act.who().equals("admin"), 0, 100);
    }

    /** Without scripts, which the pages don't need to be read. */
    private WebClient as(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).withBasicApiToken(user);
    }

    private void post(String user, String path) throws Exception {
        assertThat(status(user, HttpMethod.POST, path)).isEqualTo(200);
    }

    private int status(String user, HttpMethod method, String path) throws Exception {
        WebClient client = as(user);
        try {
            return client.getPage(new WebRequest(client.createCrumbedUrl(path), method))
                    .getWebResponse()
                    .getStatusCode();
        } catch (FailingHttpStatusCodeException e) {
            return e.getStatusCode();
        }
    }

    /** Of a plugin that Bellhop doesn't know: counts how often Jenkins stops it. */
    public static class Kept extends Trigger<Job<?, ?>> {

        private transient int stops;

        @Override
        public void stop() {
            stops++;
        }

        /** Registered by the test. */
        public static final class DescriptorImpl extends TriggerDescriptor {

            private boolean broken;

            @Override
            public String getDisplayName() {
                if (broken) {
                    throw new AssertionError("this plugin is broken");
                }
                return "Kept";
            }

            @Override
            public boolean isApplicable(Item item) {
                return item instanceof Job;
            }
        }
    }
}
