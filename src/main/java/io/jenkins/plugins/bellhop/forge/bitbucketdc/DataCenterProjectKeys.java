package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import java.util.List;

/** Access keys of projects. */
final class DataCenterProjectKeys implements ForgeApi.ProjectKeys {

    private final Calls calls;

    DataCenterProjectKeys(Calls calls) {
        this.calls = calls;
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

    private AccessKeys of(String project) {
        String path = "/keys/latest/projects/" + Calls.encoded(project).replace("%7E", "~") + "/ssh";
        return new AccessKeys(calls, path, "", "the project " + project, "PROJECT");
    }
}
