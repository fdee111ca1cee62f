package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AbstractItem;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.User;
import io.jenkins.plugins.bellhop.documentation.Page;
import io.jenkins.plugins.bellhop.documentation.Page.Row;
import io.jenkins.plugins.bellhop.documentation.Page.Snippet;
import io.jenkins.plugins.bellhop.jenkins.checkout.BellhopHostKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.Wish;
import io.jenkins.plugins.bellhop.jenkins.credentials.AdditionalKey;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection;
import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the documentation shows for copying does what is said there: every snippet runs, with this test's names in it. */
@WithJenkins
class DocumentedSnippetsTest {

    private static final Pattern JOB_DSL = Pattern.compile("(?m)^(?:(?:\\w+J|j)ob|organizationFolder)\\(");
    private static final Pattern SETS_PROPERTY = Pattern.compile("\\bbellhop\\(");

    @TempDir
    Path directory;

    @Test
    void configurationIsApplied(JenkinsRule jenkins) throws Exception {
        List<Snippet> snippets = snippets("yaml").toList();
        assertThat(snippets).hasSizeGreaterThan(1);
        for (Snippet snippet : snippets) {
            Path file = directory.resolve("jenkins.yaml");
            Files.writeString(file, snippet.text());
            ConfigurationAsCode.get().configure(file.toString());
        }

        BellhopConfiguration configuration = Wiring.configuration();
        assertThat(configuration.getGitHubServers()).hasSize(1);
        assertThat(configuration.getBitbucketServers()).hasSize(1);
        assertThat(configuration.getKnownHosts()).startsWith("git.example.com ssh-ed25519 ");
        assertThat(configuration.getRotateKeysAfterDays()).isEqualTo(180);
        assertThat(Wiring.hostKeyVerification().getSshHostKeyVerificationStrategy())
                .isInstanceOf(BellhopHostKeys.class);
        assertThat(Wish.of(jenkins.jenkins.getItemByFullName("app-from-yaml", Job.class)))
                .get()
                .extracting(Wish::getCredentialsId)
                .isEqualTo("forge-token");
    }

    @Test
    void jobDslMakesItemsThatAskForTheirConnection(JenkinsRule jenkins) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        for (Snippet snippet : snippets("groovy").filter(this::isJobDsl).toList()) {
            ExecuteDslScripts script = new ExecuteDslScripts();
            script.setScriptText(snippet.text());
            seed.getBuildersList().add(script);
        }
        assertThat(seed.getBuildersList().size()).isGreaterThan(2);

        jenkins.buildAndAssertSuccess(seed);

        List<AbstractItem> made = jenkins.jenkins.getItems(AbstractItem.class).stream()
                .filter(item -> !item.equals(seed))
                .toList();
        assertThat(made).hasSize(seed.getBuildersList().size());
        assertThat(made)
                .allMatch(item -> Wish.of(item).isPresent()
                        || OrganizationConnection.of(item).isPresent());
        assertThat(RepositoryConnection.of(jenkins.jenkins.getItemByFullName("app-nightly", Job.class))
                        .getAdditionalKeys())
                .extracting(AdditionalKey::getBoundTo)
                .containsExactly("github.com/acme/app");
    }

    @Test
    void pipelinesRun(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        try (TwoRepositories two = new TwoRepositories(jenkins, directory)) {
            String fingerprint = two.addKey("writer", "", two.bench.app, false);
            two.addKey("lib-key", "", two.lib, true);
            List<Snippet> snippets =
                    snippets("groovy").filter(snippet -> !isJobDsl(snippet)).toList();
            assertThat(snippets).hasSizeGreaterThan(5);
            for (Snippet snippet : snippets) {
                boolean sets = SETS_PROPERTY.matcher(snippet.text()).find();
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "snippet-" + snippets.indexOf(snippet));
                if (!sets) {
                    connect(job, two);
                }
                String script = sets ? snippet.text() : inThisTestsNames(snippet, job, two, fingerprint);
                job.setDefinition(new CpsFlowDefinition(script, true));

                jenkins.buildAndAssertSuccess(job);

                assertThat(RepositoryConnection.of(job)).as(snippet.toString()).isNotNull();
            }
            assertThat(two.bench.app.sha("refs/tags/nightly")).isEqualTo(two.bench.app.head("main"));
        }
    }

    private static void connect(WorkflowJob job, TwoRepositories two) throws Exception {
        RepositoryConnection property = two.bench.property();
        property.setAdditionalKeys(List.of(
                new AdditionalKey("writer", "127.0.0.1:" + two.bench.forge.sshPort()),
                new AdditionalKey("lib-key", two.libUrl())));
        job.addProperty(property);
        two.bench.awaitConnected(job);
    }

    private static String inThisTestsNames(Snippet snippet, Job<?, ?> job, TwoRepositories two, String fingerprint) {
        return snippet.text()
                .replace("git@github.com:acme/app.git", two.bench.sshUrl())
                .replace("SHA256:…", fingerprint)
                .replace("bellhop-…", "bellhop-" + ConnectedJenkins.stored(job).id());
    }

    @Test
    void restAnswers(JenkinsRule jenkins) throws Exception {
        try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory);
                JenkinsRule.WebClient client = jenkins.createWebClient()) {
            FreeStyleProject job = bench.freestyle("app");
            bench.awaitGoodBuild(job, bench.commit("main", "To be decided"));
            List<Row> rows = Page.at("docs/as-code.md").rows("REST");
            assertThat(rows).hasSizeGreaterThan(5);
            for (Row row : rows) {
                String path = row.codeIn(1).get(0);
                if (RepositoryConnection.of(job) == null) {
                    job.addProperty(bench.property());
                    bench.awaitConnected(job);
                }
                WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.valueOf(row.cell(0)));
                WebResponse answer = client.getPage(request).getWebResponse();

                assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
                if (row.cell(0).equals("GET")) {
                    assertThat(row.codeIn(3))
                            .isNotEmpty()
                            .allSatisfy(name -> assertThat(answer.getContentAsString())
                                    .as(path)
                                    .contains("\"" + name + "\":"));
                }
                if (path.endsWith("/disconnect")) {
                    assertThat(bench.app.deployKeys()).isEmpty();
                } else {
                    assertThat(bench.app.deployKeys()).as(path).isNotEmpty();
                }
            }
        }
    }

    @Test
    void curlReadsTheState(JenkinsRule jenkins) throws Exception {
        RequiredPrograms.find("curl");
        try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory)) {
            bench.freestyle("app");
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            String curl = snippets("sh")
                    .map(Snippet::text)
                    .filter(text -> text.contains("bellhop/api/json"))
                    .findFirst()
                    .orElseThrow();
            ProcessBuilder shell = new ProcessBuilder("sh", "-c", curl).redirectErrorStream(true);
            shell.environment().put("JENKINS_USER", "ada");
            shell.environment().put("JENKINS_TOKEN", jenkins.createApiToken(User.getOrCreateByIdOrFullName("ada")));
            shell.environment().put("JENKINS_URL", jenkins.getURL().toString().replaceAll("/$", ""));

            Process process = shell.start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(answer).isZero();
            assertThat(answer).contains("\"repository\" : \"acme/app\"", "\"preferred\" : true");
        }
    }

    private boolean isJobDsl(Snippet snippet) {
        return JOB_DSL.matcher(snippet.text()).find();
    }

    private static Stream<Snippet> snippets(String language) {
        return Page.all().stream()
                .flatMap(page -> page.snippets().stream())
                .filter(snippet -> snippet.language().equals(language));
    }
}
