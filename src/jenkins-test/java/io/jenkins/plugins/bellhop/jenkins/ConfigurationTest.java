package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.User;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterForge;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.jenkins.checkout.BellhopHostKeys;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.key.HostKeyChange;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import io.jenkins.plugins.bellhop.key.PinnedForge;
import io.jenkins.plugins.bellhop.key.SshHost;
import io.jenkins.plugins.bellhop.key.SshKeyPair;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What forms show is what is kept, and who may not configure learns nothing from them. */
@WithJenkins
class ConfigurationTest {

    private static final String URL = "https://github.com/acme/app";

    @Test
    void jobPropertySurvivesItsForm(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        RepositoryConnection property = new RepositoryConnection(URL);
        property.setCredentialsId("none");
        property.setOnlyPullRequests(true);
        property.setForks("approved");
        property.setKeysForForks(true);
        property.setSkipDrafts(true);
        property.setBuildRetargeted(true);
        property.setBranches("main release/*");
        property.setTags("v* !v0*");
        property.setCancelQueuedBuilds(false);
        property.setAbortRunningBuilds(true);
        property.setBuildMergeResults(true);
        property.setPaths("src/** !**/*.md");
        job.addProperty(property);

        jenkins.configRoundtrip(job);

        jenkins.assertEqualDataBoundBeans(property, RepositoryConnection.of(job));
    }

    /** What older versions wrote. */
    @Test
    void jobThatBuiltForksStillBuildsThem(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.addProperty(new RepositoryConnection(URL));
        String xml = job.getConfigFile().asString();
        assertThat(xml).contains("<forks>OFF</forks>").doesNotContain("buildForkedPullRequests");
        String older = xml.replace("<forks>OFF</forks>", "<buildForkedPullRequests>true</buildForkedPullRequests>")
                .replace("<paths></paths>", "");
        job.updateByXml((Source) new StreamSource(new StringReader(older)));

        RepositoryConnection property = RepositoryConnection.of(job);
        assertThat(property.getForks()).isEqualTo("on");
        assertThat(property.watch().paths().isEmpty()).isTrue();
        job.save();
        assertThat(job.getConfigFile().asString()).contains("<forks>ON</forks>");
    }

    @Test
    void gitExtensionSurvivesItsForm(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.setScm(new GitSCM(
                List.of(new UserRemoteConfig("ssh://git@github.com/acme/app.git", null, null, null)),
                List.of(new BranchSpec("**")),
                null,
                null,
                List.of(new ConnectionKeys())));

        jenkins.configRoundtrip(job);

        assertThat(((GitSCM) job.getScm()).getExtensions().get(ConnectionKeys.class))
                .isNotNull();
        assertThat(RepositoryConnection.of(job))
                .as("a job that asks for no connection")
                .isNull();
    }

    @Test
    void globalConfigurationSurvivesItsFormAndARestart(JenkinsRule jenkins) throws Exception {
        String knownHosts =
                "git.example.com ssh-ed25519" + " AAAAC3NzaC1lZDI1NTE5AAAAIE2cTM1TrRoVMLPmYRSTBTpRuoTRvP9lMVrSiYIdKXtu";
        BellhopConfiguration configuration = Wiring.configuration();
        configuration.setGitHubServers(List.of(new GitHubServer("https://git.example.com/api/v3/")));
        configuration.setKnownHosts(knownHosts);
        Wiring.hostKeyVerification().setSshHostKeyVerificationStrategy(new BellhopHostKeys());

        jenkins.configRoundtrip();

        assertThat(configuration.getGitHubServers())
                .extracting(GitHubServer::getApiUrl)
                .containsExactly("https://git.example.com/api/v3");
        BellhopConfiguration reloaded = new BellhopConfiguration();
        assertThat(reloaded.getKnownHosts()).isEqualTo(knownHosts);
        assertThat(reloaded.getGitHubServers()).hasSize(1);
        assertThat(Wiring.hostKeyVerification().getSshHostKeyVerificationStrategy())
                .isInstanceOf(BellhopHostKeys.class);
    }

    @Test
    void formThatIsRefusedLeavesTheForgesAsTheyWere(JenkinsRule jenkins) throws Exception {
        BellhopConfiguration configuration = Wiring.configuration();
        configuration.setGitHubServers(List.of(new GitHubServer("https://git.example.com/api/v3")));
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = client.goTo("configure").getFormByName("config");
            form.getTextAreaByName("_.knownHosts").setText("nonsense");
            jenkins.submit(form);
        }

        assertThat(configuration.getKnownHosts()).isEmpty();
        assertThat(configuration.getGitHubServers()).hasSize(1);
        configuration.setGitHubServers(List.of());
        jenkins.configRoundtrip();
        assertThat(configuration.getGitHubServers()).isEmpty();
    }

    @Test
    void secondForgeOnAHostIsRefused(JenkinsRule jenkins) throws Exception {
        BellhopConfiguration configuration = Wiring.configuration();
        GitHubServer gitHub = new GitHubServer("https://git.example.com/api/v3");
        configuration.setGitHubServers(List.of(gitHub));

        for (String url : List.of("https://git.example.com:8443/api/v3", "https://github.com/api/v3")) {
            assertThatThrownBy(() -> configuration.setGitHubServers(List.of(gitHub, new GitHubServer(url))))
                    .hasMessageContaining("expected one forge on each host");
        }
        assertThatThrownBy(
                        () -> configuration.setBitbucketServers(List.of(new BitbucketServer("https://bitbucket.org"))))
                .hasMessageContaining("a second one on bitbucket.org");
        assertThat(configuration.getGitHubServers()).containsExactly(gitHub);
        assertThat(configuration.getBitbucketServers()).isEmpty();
    }

    /** As code sets one list after the other, in whichever order. */
    @Test
    void aHostMayMoveFromOneListToTheOtherAndIsNamedWhileItIsInBoth(JenkinsRule jenkins) {
        BellhopConfiguration configuration = Wiring.configuration();
        configuration.setGitHubServers(List.of(new GitHubServer("https://git.example.com/api/v3")));
        for (String url : List.of("https://Git.Example.com:8443", "https://git.example.com/bitbucket")) {
            configuration.setBitbucketServers(List.of(new BitbucketServer(url)));

            assertThat(configuration.hostOfTwoForges()).contains("git.example.com");
            assertThat(Wiring.get().forges().of("git.example.com"))
                    .hasValueSatisfying(forge -> assertThat(forge).isInstanceOf(GitHubForge.class));
        }

        configuration.setGitHubServers(List.of());
        assertThat(configuration.hostOfTwoForges()).isEmpty();
        assertThat(Wiring.get().forges().of("git.example.com"))
                .hasValueSatisfying(forge -> assertThat(forge).isInstanceOf(DataCenterForge.class));
    }

    @Test
    void formWithTwoForgesOnAHostIsRefused(JenkinsRule jenkins) throws Exception {
        BellhopConfiguration configuration = Wiring.configuration();
        configuration.setGitHubServers(List.of(
                new GitHubServer("https://git.example.com/api/v3"),
                new GitHubServer("https://other.example.com/api/v3")));
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = client.goTo("configure").getFormByName("config");
            form.getInputByValue("https://other.example.com/api/v3").setValue("https://git.example.com:8443/api/v3");
            Page answer = jenkins.submit(form);
            assertThat(answer.getWebResponse().getContentAsString()).contains("a second one on git.example.com");
        }

        assertThat(configuration.getGitHubServers())
                .extracting(GitHubServer::getApiUrl)
                .containsExactly("https://git.example.com/api/v3", "https://other.example.com/api/v3");
    }

    @Test
    void configurationWrittenByHandMayLeaveOutWhatIsOptional(JenkinsRule jenkins) throws Exception {
        String xml = """
                <project>
                  <properties>
                    <io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection>
                      <repositoryUrl>%s</repositoryUrl>
                    </io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection>
                  </properties>
                </project>
                """.formatted(URL);
        FreeStyleProject job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML(
                "app", new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));

        jenkins.assertEqualDataBoundBeans(new RepositoryConnection(URL), RepositoryConnection.of(job));
    }

    @Test
    void passwordInTheRepositorysUrlIsRefusedAndNotRepeated(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        String url = "https://user:hunter2@github.com/acme/app";
        RepositoryConnection.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(RepositoryConnection.DescriptorImpl.class);

        assertThatThrownBy(() -> new RepositoryConnection(url))
                .hasMessageContaining("without user, password or token")
                .hasMessageNotContaining("hunter2");
        assertThat(form.doCheckRepositoryUrl(job, url).kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void passwordOfARemoteIsNotLogged(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.setScm(new GitSCM(
                List.of(new UserRemoteConfig("http://user:hunter2@localhost:1/acme/app", null, null, null)),
                List.of(new BranchSpec("**")),
                null,
                null,
                List.of(new ConnectionKeys())));
        Run<?, ?> run = job.scheduleBuild2(0).get();

        assertThat(run.getLog(1000))
                .filteredOn(line -> line.startsWith("Bellhop"))
                .singleElement()
                .asString()
                .contains("localhost:1/acme/app")
                .doesNotContain("hunter2")
                .doesNotContain("user");
    }

    @Test
    void badInputIsRefusedWithWhatWasExpected(JenkinsRule jenkins) throws Exception {
        RepositoryConnection.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(RepositoryConnection.DescriptorImpl.class);
        FreeStyleProject job = jenkins.createFreeStyleProject("app");

        for (String url : List.of("file:///etc/passwd", "-oProxyCommand=x", "a b", "/local/path", "ext::sh -c x")) {
            assertThatThrownBy(() -> new RepositoryConnection(url)).hasMessageContaining("expected a repository URL");
            assertThat(form.doCheckRepositoryUrl(job, url).kind).as(url).isEqualTo(FormValidation.Kind.ERROR);
        }
        assertThat(form.doCheckRepositoryUrl(job, "https://git.unknown.example/a/b").kind)
                .isEqualTo(FormValidation.Kind.WARNING);
        assertThatThrownBy(() -> new GitHubServer("http://git.example.com/api/v3"))
                .hasMessageContaining("https://");
        assertThatThrownBy(() -> Wiring.configuration().setKnownHosts("nonsense"))
                .hasMessageContaining("line 1");
    }

    @Test
    void addressWithoutAnApiIsWarnedOf(JenkinsRule jenkins) {
        GitHubServer.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(GitHubServer.DescriptorImpl.class);

        assertThat(form.doCheckApiUrl("https://github.example.com").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(form.doCheckApiUrl("https://github.example.com").getMessage())
                .contains("https://github.example.com/api/v3");
        assertThat(form.doCheckApiUrl("https://github.example.com/api/v3").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckApiUrl("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckApiUrl("http://github.example.com").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void aLineFromBeforeATakeOverHoldsUpNoOtherHost(JenkinsRule jenkins) {
        BellhopConfiguration configuration = Wiring.configuration();
        List<OpenSshPublicKey> pinned = PinnedForge.GITHUB_COM.currentKeys();
        SshHost gitHub = SshHost.of("github.com");
        SshHost own = SshHost.of("git.example.com");
        OpenSshPublicKey key = SshKeyPair.ed25519("").publicKey();
        OpenSshPublicKey fresh = SshKeyPair.ed25519("").publicKey();
        configuration.setKnownHosts("github.com " + pinned.get(0).typeAndData());
        configuration.pin(new HostKeyChange(PinnedForge.GITHUB_COM, pinned, List.of(fresh)));

        configuration.confirm(own, List.of(key));
        for (BellhopConfiguration each : List.of(configuration, new BellhopConfiguration())) {
            assertThat(each.hostKeys().trustedFor(own)).containsExactly(key);
            assertThat(each.hostKeys().trustedFor(gitHub)).containsExactly(fresh);
        }
        assertThatThrownBy(() -> configuration.confirm(gitHub, pinned))
                .hasMessageContaining("expected one of the pinned host keys of github.com");
        assertThat(configuration.getKnownHosts().lines()).hasSize(2);
    }

    @Test
    void whoMayNotConfigureLearnsNothingFromTheForm(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        ConnectedJenkins.addToken("secret-token", "x");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        RepositoryConnection.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(RepositoryConnection.DescriptorImpl.class);

        try (ACLContext asReader =
                ACL.as2(User.getOrCreateByIdOrFullName("reader").impersonate2())) {
            assertThat(form.doFillCredentialsIdItems(job, URL, ""))
                    .noneMatch(option -> option.value.equals("secret-token"));
            assertThat(form.doCheckRepositoryUrl(job, "file:x").kind).isEqualTo(FormValidation.Kind.OK);
            assertThatThrownBy(() -> form.doConnect(job, URL, "secret-token"))
                    .isInstanceOf(AccessDeniedException3.class);
        }
    }
}
