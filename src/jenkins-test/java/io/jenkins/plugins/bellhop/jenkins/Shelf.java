package io.jenkins.plugins.bellhop.jenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ItemGroup;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import jenkins.branch.MultiBranchProject;
import jenkins.branch.MultiBranchProjectFactory;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMNavigator;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceObserver;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.kohsuke.stapler.DataBoundConstructor;

/** An organisation whose repositories the test puts there; each becomes a project, whatever is in it. */
public final class Shelf extends SCMNavigator {

    /** What the next scan finds, by the projects' names. */
    static final Map<String, SCMSource> SOURCES = new ConcurrentSkipListMap<>();

    @DataBoundConstructor
    public Shelf() {}

    @Override
    @NonNull
    protected String id() {
        return "shelf";
    }

    @Override
    public void visitSources(@NonNull SCMSourceObserver observer) throws IOException, InterruptedException {
        for (Map.Entry<String, SCMSource> source : SOURCES.entrySet()) {
            SCMSourceObserver.ProjectObserver project = observer.observe(source.getKey());
            project.addSource(source.getValue());
            project.complete();
        }
    }

    /** Looks for no Jenkinsfile, so that the first scan needs no key. */
    public static final class Everything extends MultiBranchProjectFactory {

        @DataBoundConstructor
        public Everything() {}

        @Override
        public boolean recognizes(
                @NonNull ItemGroup<?> parent,
                @NonNull String name,
                @NonNull List<? extends SCMSource> sources,
                @NonNull Map<String, Object> attributes,
                SCMHeadEvent<?> event,
                @NonNull TaskListener listener) {
            return true;
        }

        @Override
        @NonNull
        public MultiBranchProject<?, ?> createNewProject(
                @NonNull ItemGroup<?> parent,
                @NonNull String name,
                @NonNull List<? extends SCMSource> sources,
                @NonNull Map<String, Object> attributes,
                @NonNull TaskListener listener) {
            return new WorkflowMultiBranchProject(parent, name);
        }
    }
}
