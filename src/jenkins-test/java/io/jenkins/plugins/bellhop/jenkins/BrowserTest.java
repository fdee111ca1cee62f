package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.story.Stage;
import io.jenkins.plugins.bellhop.support.RequiredPrograms;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The whole story as somebody sees it in a browser, in a Jenkins with the archive of the default build and a strict policy for
 * scripts. Leaves pictures in {@code target/screenshots}.
 */
class BrowserTest {

    private static final Path ARCHIVE = Path.of("target/bellhop.hpi");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final String JOB = "job/app/";
    private static final String PAGE = JOB + "bellhop/";
    private static final String MANAGE = "manage/bellhop-connections/";

    @RegisterExtension
    private final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().withTimeout(0).omitPlugins("bellhop");

    @TempDir
    private Path directory;

    private final List<String> tooWide = new ArrayList<>();
    private SandboxForge forge;
    private SandboxRepository app;

    @BeforeEach
    void takeTheDefaultBuildsArchive() throws IOException {
        RequiredPrograms.find("chromium");
        RequiredPrograms.find("chromedriver");
        assertThat(ARCHIVE).as("packed by the default build").exists();
        Files.copy(
                ARCHIVE,
                jenkins.getHome().toPath().resolve("plugins/bellhop.jpi"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void connectPushSeeTheBuildReadWhyNotRotateDisconnect() throws Throwable {
        start();
        List<String> errors;
        try (SandboxForge opened = forge;
                Browser browser = new Browser(jenkins.getUrl(), SCREENSHOTS)) {
            connect(browser);
            seeTheBuild(browser);
            readWhyNot(browser);
            rotate(browser);
            lookAtEverything(browser);
            disconnect(browser);
            errors = browser.errors();
        }
        jenkins.stopJenkins();
        assertThat(tooWide).as("what a narrow window cuts off").isEmpty();
        assertThat(errors).as("errors of the browser's console").isEmpty();
        assertThat(warnings()).as("warnings of Bellhop in Jenkins' log").isEmpty();
    }

    private void start() throws Throwable {
        Path logging = directory.resolve("logging.properties");
        Files.writeString(logging, """
                handlers=java.util.logging.FileHandler,java.util.logging.ConsoleHandler
                java.util.logging.FileHandler.pattern=%s/jenkins-%%g.log
                java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter
                java.util.logging.SimpleFormatter.format=%%4$s %%3$s %%5$s %%6$s%%n
                """.formatted(directory));
        forge = SandboxForge.start(directory.resolve("forge"), Stage.GITHUB.kind());
        app = Stage.GITHUB.repository(forge);
        jenkins.javaOptions(
                "-Xmx512m",
                "-Duser.language=en",
                "-Djava.util.logging.config.file=" + logging,
                "-Djenkins.security.csp.CspHeader.headerName=Content-Security-Policy");
        jenkins.startJenkins();
        assertThat(jenkins.runRemotely(RemoteSteps::placesOfViews))
                .as("views come out of the archive")
                .allMatch(
                        place -> place.startsWith("jar:file:") && place.contains("/bellhop/WEB-INF/lib/bellhop.jar!/"));
        jenkins.runRemotely(RemoteSteps::useGitHub, forge.apiUrl().toString());
        jenkins.runRemotely(RemoteSteps::introduce, forge.knownHosts(), Stage.GITHUB.credential(forge));
        jenkins.runRemotely(RemoteSteps::checkingOut, "app", forge.sshUrl(app));
    }

    private void connect(Browser browser) throws IOException {
        browser.open(JOB + "configure");
        browser.click("Repository connection");
        browser.type("_.repositoryUrl", forge.sshUrl(app));
        browser.choose("_.credentialsId", "forge-token");
        browser.click("Connect");
        browser.awaitText("Connected to acme/app");
        browser.picture("configuration");
        browser.click("Save");
        browser.awaitText("Repository connection");
    }

    private void seeTheBuild(Browser browser) throws IOException {
        String commit = app.commit("main", Map.of("notes.txt", "hello\n"), "Say hello");
        browser.awaitText(PAGE, "Built");
        browser.awaitText(JOB + "1/", "SSH keys that this build was given");
        assertThat(browser.text()).contains(commit.substring(0, 7));
        look(browser, "build");
    }

    private void readWhyNot(Browser browser) throws IOException {
        app.commit("main", Map.of("notes.txt", "typo\n"), "Mend a typo [skip ci]");
        browser.awaitText(PAGE + "deliveries/", "[ci skip]");
        look(browser, "decisions");
    }

    private void rotate(Browser browser) throws IOException {
        browser.open(PAGE);
        String before = fingerprint(browser);
        browser.click("Check");
        browser.awaitText("In order");
        browser.click("Rotate the key");
        browser.awaitText("The key is rotated: builds get SHA256:");
        browser.awaitText("Former deploy key");
        assertThat(fingerprint(browser)).isNotEqualTo(before);
        look(browser, "job-page");
        browser.open(JOB);
        look(browser, "job");
    }

    private void lookAtEverything(Browser browser) throws IOException {
        browser.open(MANAGE);
        browser.awaitText("acme/app");
        look(browser, "manage");
        browser.tick("input[name='id'] + label");
        browser.click("Rotate the chosen keys");
        browser.awaitText("1 of 1 keys rotated, 0 failed.");
        look(browser, "rotation");
        browser.open(MANAGE + "audit/");
        browser.awaitText("Rotated the key");
        look(browser, "audit");
        browser.open("manage/bellhop-deliveries/");
        look(browser, "all-deliveries");
        for (String keys : List.of("host-keys", "user-keys", "shared-keys")) {
            browser.open("manage/bellhop-" + keys + "/");
            look(browser, keys);
        }
    }

    private void look(Browser browser, String page) throws IOException {
        browser.picture(page);
        browser.tooWideWhenNarrow().forEach(element -> tooWide.add(page + ": " + element));
    }

    private void disconnect(Browser browser) throws IOException {
        browser.open(PAGE);
        browser.click("Disconnect");
        browser.awaitText("with its filters");
        browser.picture("disconnect");
        assertThat(app.hooks()).as("nothing goes before the answer").hasSize(1);
        browser.click("Yes");
        browser.awaitText("Disconnected from acme/app");
        browser.picture("disconnected");
        browser.awaitText(MANAGE, "No connections yet");
        assertThat(app.hooks()).isEmpty();
        assertThat(app.deployKeys()).isEmpty();
    }

    private static String fingerprint(Browser browser) {
        Matcher found = FINGERPRINT.matcher(browser.text());
        assertThat(found.find()).as("a fingerprint on the page").isTrue();
        return found.group();
    }

    private List<String> warnings() throws IOException {
        List<String> warnings = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "jenkins-*.log")) {
            for (Path log : logs) {
                List<String> lines = Files.readAllLines(log);
                assertThat(lines).as("the log was written").anyMatch(line -> line.startsWith("INFO "));
                lines.stream()
                        .filter(line -> line.matches("(WARNING|SEVERE) io\\.jenkins\\.plugins\\.bellhop.*"))
                        .forEach(warnings::add);
            }
        }
        return warnings;
    }
}
