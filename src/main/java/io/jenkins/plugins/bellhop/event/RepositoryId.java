package io.jenkins.plugins.bellhop.event;

import java.util.Objects;

/**
 * One repository of one forge. Two are equal when host and the forge's own stable id agree, whatever the repository is
 * called today: a rename keeps the id, and a new repository that takes an old name gets another.
 *
 * @param host the host name of the forge as configured in Jenkins, lower case, without port
 * @param stableId GitHub's number, Bitbucket Cloud's UUID in braces, Data Center's number
 * @param name what the repository is called at present
 */
public record RepositoryId(String host, String stableId, RepositoryName name) {

    public RepositoryId {
        if (host.isBlank() || stableId.isBlank()) {
            throw new IllegalArgumentException("expected a repository's host and stable id, found " + Quoted.text(host)
                    + " and " + Quoted.text(stableId));
        }
    }

    /** Host and stable id in one text, to index by. */
    public String key() {
        return host + " " + stableId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryId that && host.equals(that.host) && stableId.equals(that.stableId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, stableId);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
