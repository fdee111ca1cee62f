package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The repository object, which deliveries and the REST API share. */
final class CloudRepository {

    private static final Pattern UUID = Pattern.compile("\\{?([^\\s{}\\p{Cntrl}]{1,64})}?");

    private CloudRepository() {}

    static RepositoryId id(Json repository, String host) throws UnreadablePayload {
        return new RepositoryId(host, uuid(repository), name(repository));
    }

    static RepositoryName name(Json repository) throws UnreadablePayload {
        return repository.at("full_name").as(RepositoryName::parse);
    }

    /** In braces, as Bitbucket writes it. What stands between them is Bitbucket's own affair. */
    static String uuid(Json repository) throws UnreadablePayload {
        Matcher uuid = UUID.matcher(repository.at("uuid").text());
        if (!uuid.matches()) {
            throw repository.at("uuid").unlike("a UUID in braces");
        }
        return "{" + uuid.group(1) + "}";
    }

    /** By the UUIDs; where one isn't told, by the names, which are two repositories' at no moment. */
    static boolean areSame(Json one, Json other) throws UnreadablePayload {
        if (one.find("uuid").isPresent() && other.find("uuid").isPresent()) {
            return uuid(one).equals(uuid(other));
        }
        return one.find("full_name").isPresent()
                && other.find("full_name").isPresent()
                && name(one).isSameAs(name(other));
    }
}
