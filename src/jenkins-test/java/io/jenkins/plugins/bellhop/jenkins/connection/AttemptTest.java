package io.jenkins.plugins.bellhop.jenkins.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class AttemptTest {

    @Test
    void whatIsNotSavedSaysWhatIsToBeSaved(JenkinsRule jenkins) throws Exception {
        Attempt connected = new Attempt(true, false, "Connected.");

        assertThat(connected.unsaved(jenkins.createFreeStyleProject("app")).sentence())
                .isEqualTo("Connected. Save the job to let it build.");
        assertThat(connected
                        .unsaved(jenkins.createProject(WorkflowMultiBranchProject.class, "branches"))
                        .sentence())
                .isEqualTo("Connected. Save the project to let it build.");
    }
}
