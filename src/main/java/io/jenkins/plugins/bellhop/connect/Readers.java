package io.jenkins.plugins.bellhop.connect;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import java.util.Optional;

/** Who may do what with jobs, as far as it is known. */
public interface Readers {

    /** Whether somebody works under this name, so that it is no machine's. */
    boolean isPerson(String account);

    /** Somebody who may configure what builds the one repository, and may see nothing of what builds the other. */
    Optional<String> whoConfiguresUnseeing(RepositoryId configured, RepositoryId unseen);
}
