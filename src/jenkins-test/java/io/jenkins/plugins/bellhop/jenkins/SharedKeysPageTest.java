package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.bellhop.connect.SharedKey;
import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.jenkins.connection.SharedKeyFiles;
import io.jenkins.plugins.bellhop.jenkins.health.ConnectionMonitor;
import io.jenkins.plugins.bellhop.jenkins.health.Trouble;
import io.jenkins.plugins.bellhop.sandbox.git.GitAccess;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One key of two repositories, made on the administrators' page, in builds of a job that is connected to one of them. */
@WithJenkins
class SharedKeysPageTest {

    @TempDir
    Path directory;

    private ConnectedJenkins bench;
    private SandboxRepository lib;
    private WorkflowJob job;

    @BeforeEach
    void connect(JenkinsRule jenkins) throws Exception {
        bench = new ConnectedJenkins(jenkins, directory, Stage.BITBUCKET_DC);
        lib = bench.forge.createRepository(bench.app.owner(), "app-lib", true);
        lib.commit("main", Map.of("lib.txt", "from the library\n"), "A library");
        job = jenkins.createProject(WorkflowJob.class, "app");
        job.addProperty(bench.property());
        bench.awaitConnected(job);
        job.setDefinition(new CpsFlowDefinition(
                """
                node('%s') {
                  withRepositoryKeys {
                    sh 'rm -rf app lib; git clone -q %s app && git clone -q %s lib && cat lib/lib.txt'
                  }
                }
                """.formatted(bench.agent.getNodeName(), bench.sshUrl(), bench.forge.sshUrl(lib)), true));
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private HtmlForm form(String action) throws Exception {
        HtmlPage page = bench.jenkins.createWebClient().goTo("manage/bellhop-shared-keys/");
        return page.getForms().stream()
                .filter(found -> found.getActionAttribute().equals(action))
                .findFirst()
                .orElseThrow();
    }

    /** As Jenkins' own script posts it, once somebody has said yes. */
    private void confirm(String action) throws Exception {
        JenkinsRule.WebClient client = bench.jenkins.createWebClient();
        HtmlPage page = client.goTo("manage/bellhop-shared-keys/");
        List<DomElement> links = page.getByXPath(
                "//a[contains(@class, 'confirmation-link')][starts-with(@data-url, '" + action + "?')]");
        assertThat(links).singleElement().satisfies(link -> {
            assertThat(link.getAttribute("data-post")).isEqualTo("true");
            assertThat(link.getAttribute("data-message")).isNotBlank();
        });
        ConnectedJenkins.post(
                client, "manage/bellhop-shared-keys/" + links.get(0).getAttribute("data-url"));
    }

    private void create(String project) throws Exception {
        HtmlForm create = form("create");
        create.getInputByName("host").setValue(host());
        create.getInputByName("credentialsId").setValue(ConnectedJenkins.TOKEN_ID);
        create.getInputByName("name").setValue("libraries");
        create.getInputByName("project").setValue(project);
        bench.jenkins.submit(create);
    }

    private void attach(SandboxRepository repository) throws Exception {
        HtmlForm attach = form("attach");
        attach.getInputByName("repository").setValue(repository.fullName());
        bench.jenkins.submit(attach);
    }

    private String host() {
        return ConnectedJenkins.stored(job).connection().repository().host();
    }

    private static SharedKey only() {
        assertThat(Wiring.get().sharedKeyFiles().all()).hasSize(1);
        return Wiring.get().sharedKeyFiles().all().get(0).key();
    }

    /** What the last build's commands logged in with. */
    private Set<String> keysOfBuild() throws Exception {
        int before = bench.forge.accesses().size();
        Run<?, ?> run = bench.jenkins.buildAndAssertSuccess(job);
        bench.jenkins.assertLogContains("from the library", run);
        return bench.forge.accesses().stream()
                .skip(before)
                .map(GitAccess::fingerprint)
                .collect(Collectors.toSet());
    }

    @Test
    void buildsGetTheKeyThatWasAttachedRotatedDetachedAndRemoved() throws Exception {
        create("");
        attach(bench.app);
        attach(lib);
        assertThat(keysOfBuild())
                .containsExactly(only().key().publicKey().fingerprint().toString());
        Path files = bench.jenkins.jenkins.getRootDir().toPath().resolve("bellhop/shared-keys");
        assertThat(Files.readString(files.resolve(only().id() + ".xml"))).doesNotContain("PRIVATE KEY");

        bench.jenkins.submit(form("rotate"));
        assertThat(keysOfBuild())
                .containsExactly(only().key().publicKey().fingerprint().toString());
        SharedKey read =
                new SharedKeyFiles(files).byId(only().id()).orElseThrow().key();
        assertThat(read.attachments()).isEqualTo(only().attachments());
        assertThat(read.retired()).hasSize(1);
        assertThat(read.key().privateText()).isEqualTo(only().key().privateText());

        String appId = only().attachments().get(0).repository().stableId();
        Wiring.get().sharedKeyCare().detach(only().id(), appId);
        Run<?, ?> withoutLib = job.scheduleBuild2(0).get();
        bench.assertFailed(withoutLib, "app-lib");
        bench.jenkins.submit(form("detach"));
        assertThat(only().attachments()).isEmpty();
        confirm("remove");
        assertThat(Wiring.get().sharedKeyFiles().all()).isEmpty();
        assertThat(bench.app.deployKeys()).hasSize(1);
        assertThat(lib.deployKeys()).isEmpty();
    }

    private static List<String> toldToAdministrators() {
        return ExtensionList.lookupSingleton(ConnectionMonitor.class).getTroubles().stream()
                .filter(trouble -> trouble.getPath().equals("manage/bellhop-shared-keys/"))
                .map(Trouble::getSentence)
                .toList();
    }

    @Test
    void buildsWaitWhileTheKeyIsRevokedAndGoOnWithTheNext() throws Exception {
        create("");
        attach(bench.app);
        attach(lib);
        SharedKey leaked = only();
        List<?> before = List.copyOf(lib.deployKeys());
        bench.forge.failNext("POST", ".*/keys/ssh|.*/ssh", 500, "{}");
        assertThatThrownBy(() -> confirm("revoke")).isInstanceOf(FailingHttpStatusCodeException.class);

        assertThat(only().revoked()).isTrue();
        assertThat(lib.deployKeys()).hasSize(1).isNotEqualTo(before);
        assertThat(toldToAdministrators()).singleElement().asString().contains("is revoked, and no other works yet");
        QueueTaskFuture<WorkflowRun> build = job.scheduleBuild2(0);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> job.getQueueItem() != null
                        && job.getQueueItem().getWhy() != null
                        && job.getQueueItem()
                                .getWhy()
                                .startsWith("Waits for a new shared key: the former one is revoked"));

        confirm("revoke");
        bench.jenkins.assertBuildStatusSuccess(build.get());
        assertThat(only().key().publicKey()).isNotEqualTo(leaked.key().publicKey());
        assertThat(lib.deployKeys()).hasSize(1);
        assertThat(toldToAdministrators()).isEmpty();
    }

    @Test
    void aKeyThatOpensARepositoryNoMoreIsFoundByTheBuildThatFailsAndShownUntilItDoes() throws Exception {
        create("");
        attach(bench.app);
        attach(lib);
        ForgeApi api = Wiring.get()
                .forges()
                .of(host())
                .orElseThrow()
                .api(Secret.of(Stage.BITBUCKET_DC.credential(bench.forge)));
        RepositoryId repository =
                api.repositories().read(RepositoryName.parse(lib.fullName())).id();
        api.deployKeys()
                .remove(repository, api.deployKeys().list(repository).get(0).id());
        bench.assertFailed(job.scheduleBuild2(0).get(), "app-lib");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> !toldToAdministrators().isEmpty());
        assertThat(toldToAdministrators())
                .singleElement()
                .asString()
                .startsWith(lib.fullName() + " can't be read with it any more");
        attach(lib);
        assertThat(toldToAdministrators()).isEmpty();
        assertThat(keysOfBuild())
                .containsExactly(only().key().publicKey().fingerprint().toString());
    }

    @Test
    void aProjectsKeyIsOfferedToItsConnectedRepositories() throws Exception {
        create(bench.app.owner());
        await().atMost(Duration.ofSeconds(30)).until(() -> !only().open().isEmpty());
        assertThat(only().open())
                .extracting(attachment -> attachment.repository().toString())
                .containsExactly(bench.app.fullName());
        attach(lib);

        assertThat(keysOfBuild())
                .containsExactly(only().key().publicKey().fingerprint().toString());
        assertThat(lib.deployKeys()).isEmpty();
        confirm("remove");
        assertThat(bench.app.account().deployKeys()).isEmpty();
    }
}
