package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.key.OpenSshPublicKey;
import java.util.Optional;

/**
 * What came of trying a user key on a repository.
 *
 * @param id the user key's
 * @param tried the half that was in use then
 * @param failure why git couldn't read the repository; empty when it could
 * @param isOfTheKey false when the failure says nothing of the key
 */
public record KeyTrial(String id, OpenSshPublicKey tried, Optional<String> failure, boolean isOfTheKey) {}
