package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.util.List;

/** Access keys of projects, which lie in workspaces. */
final class CloudProjectKeys implements ForgeApi.ProjectKeys {

    private final Calls calls;
    private final CloudCredential credential;

    CloudProjectKeys(Calls calls, CloudCredential credential) {
        this.calls = calls;
        this.credential = credential;
    }

    @Override
    public List<DeployKey> list(String project) throws ForgeFailure {
        return of(project).list();
    }

    @Override
    public DeployKey addReadOnly(String project, String title, String publicLine) throws ForgeFailure {
        return of(project).addReadOnly(title, publicLine);
    }

    @Override
    public void remove(String project, String keyId) throws ForgeFailure {
        of(project).remove(keyId);
    }

    private AccessKeys of(String project) throws ForgeFailure {
        String[] parts = project.split("/", -1);
        if (parts.length != 2) {
            throw new ForgeFailure(
                    Kind.REFUSED, "Expected a project as workspace/KEY, found " + Quoted.text(project) + ".");
        }
        String path =
                "/workspaces/" + Calls.encoded(parts[0]) + "/projects/" + Calls.encoded(parts[1]) + "/deploy-keys";
        return new AccessKeys(calls, credential, path, "the project " + project, "admin:project:bitbucket");
    }
}
