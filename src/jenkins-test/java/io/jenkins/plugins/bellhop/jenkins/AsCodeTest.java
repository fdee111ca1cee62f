package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import io.jenkins.plugins.bellhop.jenkins.checkout.BellhopHostKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.connection.StoredConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.OrganizationConnection;
import io.jenkins.plugins.bellhop.jenkins.multibranch.ProjectConnection;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import jenkins.branch.OrganizationFolder;
import org.jenkinsci.plugins.gitclient.verifier.KnownHostsFileVerificationStrategy;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.JobPropertyStep;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.yaml.snakeyaml.Yaml;

/** What forms can set, text can set too, and what is set can be had as text. */
@WithJenkins
class AsCodeTest {

    private static final String URL = "https://github.com/acme/app";
    private static final String KNOWN_HOST =
            "git.example.com ssh-ed25519" + " AAAAC3NzaC1lZDI1NTE5AAAAIE2cTM1TrRoVMLPmYRSTBTpRuoTRvP9lMVrSiYIdKXtu";
    private static final String CONFIGURATION = """
            unclassified:
              bellhop:
                gitHubServers:
                  - apiUrl: "https://git.example.com/api/v3"
                bitbucketServers:
                  - url: "https://bitbucket.example.com"
                knownHosts: "%s"
            security:
              gitHostKeyVerificationConfiguration:
                sshHostKeyVerificationStrategy: "bellhopHostKeys"
            """.formatted(KNOWN_HOST);

    @TempDir
    Path directory;

    @Test
    void globalConfigurationGoesThroughYamlAndBack(JenkinsRule jenkins) throws Exception {
        configure(CONFIGURATION);
        assertConfigured();

        Map<String, Object> exported = new Yaml().load(export());
        BellhopConfiguration configuration = Wiring.configuration();
        configuration.setGitHubServers(List.of());
        configuration.setBitbucketServers(List.of());
        configuration.setKnownHosts("");
        Wiring.hostKeyVerification().setSshHostKeyVerificationStrategy(new KnownHostsFileVerificationStrategy());
        configure(new Yaml()
                .dump(Map.of(
                        "unclassified", Map.of("bellhop", section(exported, "unclassified", "bellhop")),
                        "security",
                                Map.of(
                                        "gitHostKeyVerificationConfiguration",
                                        section(exported, "security", "gitHostKeyVerificationConfiguration")))));
        assertConfigured();
    }

    private static void assertConfigured() {
        BellhopConfiguration configuration = Wiring.configuration();
        assertThat(configuration.getGitHubServers())
                .extracting(GitHubServer::getApiUrl)
                .containsExactly("https://git.example.com/api/v3");
        assertThat(configuration.getBitbucketServers())
                .extracting(BitbucketServer::getUrl)
                .containsExactly("https://bitbucket.example.com");
        assertThat(configuration.getKnownHosts()).isEqualTo(KNOWN_HOST);
        assertThat(Wiring.hostKeyVerification().getSshHostKeyVerificationStrategy())
                .isInstanceOf(BellhopHostKeys.class);
    }

    @Test
    void exportHoldsNoSecretOfAConnection(JenkinsRule jenkins) throws Exception {
        try (ConnectedJenkins bench = new ConnectedJenkins(jenkins, directory)) {
            StoredConnection stored = ConnectedJenkins.stored(bench.freestyle("app"));

            assertThat(export())
                    .contains("gitHubServers")
                    .doesNotContain("PRIVATE KEY")
                    .doesNotContain(stored.secrets().hookPath())
                    .doesNotContain(stored.secrets().webhook().reveal())
                    .doesNotContain(stored.connection().publicKey().line());
        }
    }

    @Test
    void jobDslConnectsJobsMultibranchProjectsAndOrganisations(JenkinsRule jenkins) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        ExecuteDslScripts scripts = new ExecuteDslScripts();
        scripts.setScriptText("""
                pipelineJob('app') {
                  properties {
                    bellhop {
                      repositoryUrl('%1$s')
                      credentialsId('none')
                      onlyPullRequests(true)
                      forks('on')
                      branches('main release/*')
                      tags('v*')
                    }
                  }
                }
                multibranchPipelineJob('multi') {
                  properties {
                    bellhop {
                      repositoryUrl('%1$s')
                      credentialsId('none')
                    }
                  }
                }
                organizationFolder('acme') {
                  properties {
                    bellhopOrganization {
                      credentialsId('forge-token')
                      repositories('app-* !app-old')
                    }
                  }
                }
                """.formatted(URL));
        seed.getBuildersList().add(scripts);
        jenkins.buildAndAssertSuccess(seed);

        jenkins.assertEqualDataBoundBeans(wanted(), property(jenkins, "app"));
        ProjectConnection project = new ProjectConnection(URL);
        project.setCredentialsId("none");
        jenkins.assertEqualDataBoundBeans(
                project,
                jenkins.jenkins
                        .getItemByFullName("multi", WorkflowMultiBranchProject.class)
                        .getProperties()
                        .get(ProjectConnection.class));
        OrganizationConnection organization = new OrganizationConnection("forge-token");
        organization.setRepositories("app-* !app-old");
        jenkins.assertEqualDataBoundBeans(
                organization,
                jenkins.jenkins
                        .getItemByFullName("acme", OrganizationFolder.class)
                        .getProperties()
                        .get(OrganizationConnection.class));
    }

    @Test
    void whatTheSnippetGeneratorWritesSetsTheProperty(JenkinsRule jenkins) throws Exception {
        String snippet = Snippetizer.object2Groovy(new JobPropertyStep(List.of(wanted())));
        assertThat(snippet).startsWith("properties([bellhop(");

        assertRunSets(jenkins, "scripted", snippet, wanted());
    }

    @Test
    void optionsOfADeclarativePipelineSetTheProperty(JenkinsRule jenkins) throws Exception {
        String script = """
                pipeline {
                  agent none
                  options { bellhop(repositoryUrl: '%s') }
                  stages { stage('Say') { steps { echo 'hello' } } }
                }
                """.formatted(URL);

        assertRunSets(jenkins, "declarative", script, new RepositoryConnection(URL));
    }

    @Test
    void wrongUrlInAPipelineFailsTheBuildWithWhatWasExpected(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "wrong");
        job.setDefinition(new CpsFlowDefinition("properties([bellhop(repositoryUrl: 'file:///etc/passwd')])", true));

        jenkins.assertLogContains(
                "expected a repository URL",
                jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0).get()));
        assertThat(RepositoryConnection.of(job)).isNull();
    }

    private static void assertRunSets(JenkinsRule jenkins, String name, String script, RepositoryConnection wanted)
            throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.buildAndAssertSuccess(job);

        jenkins.assertEqualDataBoundBeans(wanted, property(jenkins, name));
    }

    private static RepositoryConnection wanted() {
        RepositoryConnection wanted = new RepositoryConnection(URL);
        wanted.setCredentialsId("none");
        wanted.setOnlyPullRequests(true);
        wanted.setForks("on");
        wanted.setBranches("main release/*");
        wanted.setTags("v*");
        return wanted;
    }

    private static RepositoryConnection property(JenkinsRule jenkins, String job) {
        return RepositoryConnection.of(jenkins.jenkins.getItemByFullName(job, Job.class));
    }

    private void configure(String yaml) throws Exception {
        Path file = directory.resolve("jenkins.yaml");
        Files.writeString(file, yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private static String export() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Object section(Map<String, Object> exported, String root, String name) {
        return ((Map<?, ?>) exported.get(root)).get(name);
    }
}
