package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;

/** Whether a name still leads to the repository that was known by it. */
public final class SameRepository {

    private SameRepository() {}

    /** @throws ForgeFailure when another repository has the name now */
    public static RepositoryFacts checked(RepositoryFacts found, RepositoryId wanted) throws ForgeFailure {
        if (!found.id().equals(wanted)) {
            throw new ForgeFailure(
                    Kind.NOT_FOUND,
                    "The repository that was called " + wanted.name()
                            + " is gone or renamed; another one has its name now.");
        }
        return found;
    }
}
