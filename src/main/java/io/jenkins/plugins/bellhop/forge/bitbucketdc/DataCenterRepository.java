package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;

/** The repository object, which deliveries and the REST API share. */
final class DataCenterRepository {

    private DataCenterRepository() {}

    static RepositoryId id(Json repository, String host) throws UnreadablePayload {
        return new RepositoryId(host, Long.toString(repository.at("id").number()), name(repository));
    }

    static RepositoryName name(Json repository) throws UnreadablePayload {
        String project = repository.at("project").at("key").text();
        String slug = repository.at("slug").text();
        try {
            return new RepositoryName(project, slug);
        } catch (IllegalArgumentException e) {
            throw new UnreadablePayload(
                    repository.path() + ".slug",
                    "expected a repository's project key and slug, found " + Quoted.text(project + "/" + slug));
        }
    }
}
