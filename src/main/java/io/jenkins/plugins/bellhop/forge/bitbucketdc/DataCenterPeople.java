package io.jenkins.plugins.bellhop.forge.bitbucketdc;

import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Need;
import java.util.List;

/** Who may do what in a repository. */
final class DataCenterPeople implements ForgeApi.People {

    private final Calls calls;

    DataCenterPeople(Calls calls) {
        this.calls = calls;
    }

    /** Counts what groups and the project give, which the repository's own list of permissions leaves out. */
    @Override
    public boolean mayWrite(RepositoryId repository, Author author) throws ForgeFailure {
        Need need = new Need("show what " + author.described() + " may do in " + repository.name(), "REPO_ADMIN");
        List<Boolean> answers = calls.list(
                "/api/latest/users?filter=" + Calls.encoded(author.name()) + "&permission=REPO_WRITE"
                        + "&permission.projectKey="
                        + Calls.encoded(repository.name().owner())
                        + "&permission.repositorySlug="
                        + Calls.encoded(repository.name().name()),
                need,
                user -> Long.toString(user.at("id").number()).equals(author.id()));
        return answers.contains(true);
    }
}
