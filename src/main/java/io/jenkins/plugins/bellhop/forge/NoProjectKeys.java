package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.util.List;

/** Of a forge whose projects have no keys. */
final class NoProjectKeys implements ForgeApi.ProjectKeys {

    @Override
    public List<DeployKey> list(String project) throws ForgeFailure {
        throw refusal();
    }

    @Override
    public DeployKey addReadOnly(String project, String title, String publicLine) throws ForgeFailure {
        throw refusal();
    }

    @Override
    public void remove(String project, String keyId) throws ForgeFailure {
        throw refusal();
    }

    private static ForgeFailure refusal() {
        return new ForgeFailure(
                Kind.REFUSED, "This forge has no keys of projects. Attach a shared key to its repositories instead.");
    }
}
