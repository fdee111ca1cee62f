package io.jenkins.plugins.bellhop.jenkins.moving;

import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.plugins.git.GitSCM;
import hudson.scm.SCM;
import io.jenkins.plugins.bellhop.moving.JobNow;
import io.jenkins.plugins.bellhop.moving.Source;
import io.jenkins.plugins.bellhop.moving.Source.Elsewhere;
import io.jenkins.plugins.bellhop.moving.Source.Git;
import io.jenkins.plugins.bellhop.moving.Source.Remote;
import io.jenkins.plugins.bellhop.moving.Start;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jenkins.plugins.git.GitSCMSource;
import jenkins.scm.api.SCMNavigatorOwner;
import jenkins.scm.api.SCMSourceOwner;
import jenkins.triggers.TriggeredItem;

/** Reads from a job's configuration how it starts and where its sources come from. Looks at no build: that may take long. */
final class JobReading {

    private JobReading() {}

    static JobNow of(Item item) {
        Optional<Collection<?>> ofScript = ofScript(item);
        return new JobNow(item.getFullName(), ofScript.isPresent(), starts(item), source(item, ofScript));
    }

    private static List<Start> starts(Item item) {
        return item instanceof TriggeredItem job
                ? job.getTriggers().values().stream()
                        .map(trigger -> new Start(
                                trigger.getClass().getName(),
                                trigger.getDescriptor().getDisplayName()))
                        .sorted(Comparator.comparing(Start::label))
                        .toList()
                : List.of();
    }

    private static Source source(Item item, Optional<Collection<?>> ofScript) {
        if (item instanceof SCMNavigatorOwner) {
            return Elsewhere.ORGANIZATION;
        }
        if (item instanceof SCMSourceOwner project) {
            return project.getSCMSources().stream().allMatch(GitSCMSource.class::isInstance)
                    ? Elsewhere.GIT_BRANCHES
                    : Elsewhere.OTHER_BRANCHES;
        }
        if (item instanceof AbstractProject<?, ?> project) {
            return ofGit(project.getScm()).orElse(Elsewhere.NO_GIT);
        }
        return ofScript.map(JobReading::ofPipeline).orElse(Elsewhere.NO_GIT);
    }

    private static Source ofPipeline(Collection<?> ofScript) {
        return ofScript.stream()
                .findFirst()
                .map(scm -> ofGit(scm).orElse(Elsewhere.NO_GIT))
                .orElse(Elsewhere.SCRIPT);
    }

    private static Optional<Source> ofGit(Object scm) {
        return scm instanceof GitSCM git
                ? Optional.of(new Git(git.getUserRemoteConfigs().stream()
                        .map(remote ->
                                new Remote(Util.fixNull(remote.getUrl()), Util.fixNull(remote.getCredentialsId())))
                        .toList()))
                : Optional.empty();
    }

    /**
     * Where a Pipeline job's script comes from; nothing in it when it stands in the configuration, and empty for other jobs.
     * Asked for by name, so that the Pipeline plugins needn't be there; not of the many that can't have it, since asking in
     * vain takes long.
     */
    private static Optional<Collection<?>> ofScript(Item item) {
        if (item instanceof AbstractProject<?, ?> || item instanceof SCMSourceOwner) {
            return Optional.empty();
        }
        try {
            Object definition = item.getClass().getMethod("getDefinition").invoke(item);
            Object scms = definition == null
                    ? List.<SCM>of()
                    : definition.getClass().getMethod("getSCMs").invoke(definition);
            return Optional.of((Collection<?>) scms);
        } catch (ReflectiveOperationException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
