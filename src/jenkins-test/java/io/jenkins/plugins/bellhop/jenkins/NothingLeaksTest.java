package io.jenkins.plugins.bellhop.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.Slave;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import hudson.tasks.Shell;
import io.jenkins.plugins.bellhop.jenkins.checkout.ConnectionKeys;
import io.jenkins.plugins.bellhop.jenkins.checkout.RepositoryKeysWrapper;
import io.jenkins.plugins.bellhop.jenkins.connection.RepositoryConnection;
import io.jenkins.plugins.bellhop.jenkins.credentials.AdditionalKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Builds with submodules, keys and an ssh-agent on an inbound agent with a temporary directory of its own: however they
 * end, no private key is left or was shown anywhere.
 */
@WithJenkins
class NothingLeaksTest {

    /** How a build ends, and the shell's words for it. */
    private enum Ending {
        SUCCESS("true"),
        FAILURE("false"),
        ABORTED("echo running; sleep 600");

        private final String script;

        Ending(String script) {
            this.script = script;
        }

        Result result() {
            return Result.fromString(name());
        }
    }

    private static final String STEPS = """
            env
            cat lib/lib.txt
            git ls-remote %1$s
            ssh-add -l
            ls -ld "$(dirname "$SSH_AUTH_SOCK")"
            %2$s
            """;

    @RegisterExtension
    final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    Path directory;

    @TempDir
    Path temporary;

    private TwoRepositories two;
    private JenkinsRule jenkins;
    private Slave agent;
    private String named;

    @BeforeEach
    void connect(JenkinsRule rule) throws Exception {
        jenkins = rule;
        two = new TwoRepositories(rule, directory);
        agent = agents.createAgent(
                rule,
                InboundAgentExtension.Options.newBuilder()
                        .name("inbound")
                        .javaOptions("-Djava.io.tmpdir=" + temporary)
                        .build());
        named = two.addKey("lib-key", "", two.lib, true);
    }

    @AfterEach
    void close() throws Exception {
        two.close();
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void howeverABuildEnds(Ending ending) throws Exception {
        FreeStyleProject freestyle = freestyle(ending);
        WorkflowJob scripted = scripted(ending);
        WorkflowJob declarative = declarative(ending);
        try (Onlooker onlooker = new Onlooker(two.privateLines(), Path.of(agent.getRemoteFS()), temporary)) {
            for (Run<?, ?> run : List.of(run(freestyle, ending), run(scripted, ending), run(declarative, ending))) {
                jenkins.assertLogContains("from the library", run);
                jenkins.assertLogContains(named + " lib-key", run);
                jenkins.assertLogContains("drwx------", run);
                assertNothingLeft(run);
            }
            assertThat(onlooker.betrayals()).isEmpty();
            assertThat(onlooker.modes()).containsExactly("-rw-------", "drwx------");
        }
    }

    private FreeStyleProject freestyle(Ending ending) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("freestyle");
        job.setAssignedNode(agent);
        job.setScm(two.git(new ConnectionKeys(), new SubmoduleOption(false, true, false, null, null, false)));
        RepositoryKeysWrapper wrapper = new RepositoryKeysWrapper();
        wrapper.setFingerprints(named);
        wrapper.setSshAgent(true);
        job.getBuildWrappersList().add(wrapper);
        job.getBuildersList().add(new Shell(STEPS.formatted(two.libUrl(), ending.script)));
        connect(job);
        return job;
    }

    private WorkflowJob scripted(Ending ending) throws Exception {
        return pipeline("scripted", """
                node('inbound') {
                  %1$s
                  withRepositoryKeys(fingerprints: ['%2$s'], sshAgent: true) {
                    sh '''%3$s'''
                  }
                }
                """, ending);
    }

    private WorkflowJob declarative(Ending ending) throws Exception {
        return pipeline("declarative", """
                pipeline {
                  agent { label 'inbound' }
                  options { skipDefaultCheckout() }
                  stages {
                    stage('Build') {
                      options { withRepositoryKeys(fingerprints: ['%2$s'], sshAgent: true) }
                      steps {
                        %1$s
                        sh '''%3$s'''
                      }
                    }
                  }
                }
                """, ending);
    }

    private WorkflowJob pipeline(String name, String script, Ending ending) throws Exception {
        String checkout = """
                checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: '%s']], extensions: [connectionKeys(),
                  submodule(disableSubmodules: false, parentCredentials: false, recursiveSubmodules: true,
                    reference: '', trackingSubmodules: false)])""".formatted(two.bench.sshUrl());
        String steps = STEPS.formatted(two.libUrl(), ending.script);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script.formatted(checkout, named, steps), true));
        connect(job);
        return job;
    }

    private <J extends Job<J, R> & ParameterizedJob<J, R>, R extends Run<J, R> & Queue.Executable> R run(
            J job, Ending ending) throws Exception {
        R run = job.scheduleBuild2(0).waitForStart();
        if (ending == Ending.ABORTED) {
            jenkins.waitForMessage("running", run);
            run.getExecutor().interrupt();
        }
        return jenkins.assertBuildStatus(ending.result(), jenkins.waitForCompletion(run));
    }

    private void connect(Job<?, ?> job) throws Exception {
        RepositoryConnection property = two.bench.property();
        property.setAdditionalKeys(List.of(new AdditionalKey("lib-key", two.libUrl())));
        job.addProperty(property);
        two.bench.awaitConnected(job);
    }

    /**
     * The build's own files and the job's lie in Jenkins' home. After a failed build Jenkins itself proves the key there, for
     * a moment.
     */
    private void assertNothingLeft(Run<?, ?> run) throws Exception {
        await().ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> two.assertNothingLeaked(
                        new File(agent.getRemoteFS()), temporary.toFile(), jenkins.jenkins.getRootDir()));
        two.assertPagesTellNothing(run);
        assertThat(new File(jenkins.jenkins.getRootDir(), "bellhop/key-places")).isEmptyDirectory();
        await().untilAsserted(() ->
                assertThat(agentsOf(agent.getRemoteFS(), temporary)).isEmpty());
    }

    /** The arguments of ssh-agents whose sockets' paths contain one of these. */
    static List<String> agentsOf(Object... parts) {
        return ProcessHandle.allProcesses()
                .map(process -> String.join(" ", process.info().arguments().orElse(new String[0])))
                .filter(arguments -> arguments.startsWith("-s ") && arguments.contains(" -a "))
                .filter(arguments -> Stream.of(parts).anyMatch(part -> arguments.contains(part.toString())))
                .toList();
    }

    @Test
    void failureToPlaceKeysTellsNone() throws Exception {
        WorkflowJob job =
                pipeline("scripted", "node('inbound') { withRepositoryKeys { echo 'never' } }", Ending.SUCCESS);
        Path workspaces = Files.createDirectories(Path.of(agent.getRemoteFS()).resolve("workspace"));
        Files.writeString(workspaces.resolve("scripted@tmp"), "a file where a directory has to be");

        Run<?, ?> run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("FileAlreadyExistsException", run);
        jenkins.assertLogNotContains("never", run);
        assertNothingLeft(run);
    }
}
