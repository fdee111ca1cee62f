package io.jenkins.plugins.bellhop.forge.bitbucketcloud;

import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Need;
import java.util.List;
import java.util.Set;

/** Who may do what in a repository. */
final class CloudPeople implements ForgeApi.People {

    private static final Set<String> WRITING = Set.of("admin", "write");

    private final Calls calls;

    CloudPeople(Calls calls) {
        this.calls = calls;
    }

    /** Bitbucket counts what a group gives, too. It answers administrators of the repository alone. */
    @Override
    public boolean mayWrite(RepositoryId repository, Author author) throws ForgeFailure {
        Need need = new Need(
                "show what " + author.described() + " may do in " + repository.name(), "read:repository:bitbucket");
        List<Boolean> answers = calls.list(
                "/workspaces/" + Calls.encoded(repository.name().owner()) + "/permissions/repositories/"
                        + Calls.encoded(repository.stableId()) + "?q="
                        + Calls.encoded("user.uuid=\"" + author.id() + "\""),
                need,
                entry -> CloudRepository.uuid(entry.at("user")).equals(author.id())
                        && WRITING.contains(entry.at("permission").text()));
        return answers.contains(true);
    }
}
