package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;

/** The repository object, which deliveries and the REST API share. */
final class CloudRepository {

    private CloudRepository() {}

    static RepositoryId id(Json repository, String host) throws UnreadablePayload {
        return new RepositoryId(host, uuid(repository), name(repository));
    }

    static RepositoryName name(Json repository) throws UnreadablePayload {
        return repository.at("full_name").as(RepositoryName::parse);
    }

    /** In braces, as Bitbucket writes it. */
    static String uuid(Json repository) throws UnreadablePayload {
        String uuid = repository.at("uuid").text();
        if (!uuid.matches("\\{[0-9A-Za-z-]{1,64}\\}")) {
            throw repository.at("uuid").unlike("a UUID in braces");
        }
        return uuid;
    }
}
