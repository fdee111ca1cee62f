package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.util.Optional;

/**
 * What the forge tells of a repository.
 *
 * @param defaultBranch absent while the repository is empty on some forges
 * @param isPrivate whether strangers don't see it
 * @param sshUrl where git reaches it over SSH, as the forge spells it
 */
public record RepositoryFacts(RepositoryId id, Optional<String> defaultBranch, boolean isPrivate, String sshUrl) {}
