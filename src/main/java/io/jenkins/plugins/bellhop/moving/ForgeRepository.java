package io.jenkins.plugins.bellhop.moving;

import io.jenkins.plugins.bellhop.event.RepositoryName;

/**
 * A repository at one of the forges that Jenkins is configured to work with.
 *
 * @param forge what people call the forge
 * @param host the forge's
 */
public record ForgeRepository(String forge, String host, RepositoryName name) {

    @Override
    public String toString() {
        return name + " on " + host;
    }
}
