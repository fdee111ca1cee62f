package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.DeployKey;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import java.util.Collection;
import java.util.List;

/** What has deploy keys at a forge: a repository, or a project. */
interface KeyHolder {

    /** For people. */
    String name();

    List<DeployKey> list() throws ForgeFailure;

    void addReadOnly(String title, String publicLine) throws ForgeFailure;

    void remove(String keyId) throws ForgeFailure;

    /** By the keys themselves: an upload whose answer got lost may have gone through under an id that we don't know. */
    default void removeAll(Collection<OpenSshPublicKey> gone) throws ForgeFailure {
        for (DeployKey key : list()) {
            if (gone.stream().anyMatch(each -> key.isKeyOf(each.line()))) {
                remove(key.id());
            }
        }
    }

    static KeyHolder of(RepositoryId repository, ForgeApi api) {
        return new KeyHolder() {
            @Override
            public String name() {
                return repository.toString();
            }

            @Override
            public List<DeployKey> list() throws ForgeFailure {
                return api.deployKeys().list(repository);
            }

            @Override
            public void addReadOnly(String title, String publicLine) throws ForgeFailure {
                api.deployKeys().addReadOnly(repository, title, publicLine);
            }

            @Override
            public void remove(String keyId) throws ForgeFailure {
                api.deployKeys().remove(repository, keyId);
            }
        };
    }

    static KeyHolder of(String project, ForgeApi api) {
        return new KeyHolder() {
            @Override
            public String name() {
                return "the project " + project;
            }

            @Override
            public List<DeployKey> list() throws ForgeFailure {
                return api.projectKeys().list(project);
            }

            @Override
            public void addReadOnly(String title, String publicLine) throws ForgeFailure {
                api.projectKeys().addReadOnly(project, title, publicLine);
            }

            @Override
            public void remove(String keyId) throws ForgeFailure {
                api.projectKeys().remove(project, keyId);
            }
        };
    }
}
