package io.jenkins.plugins.bellhop.forge.github;

import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.forge.Calls;
import io.jenkins.plugins.bellhop.forge.ForgeApi;
import io.jenkins.plugins.bellhop.forge.ForgeFailure;
import io.jenkins.plugins.bellhop.forge.Json;
import io.jenkins.plugins.bellhop.forge.Need;
import io.jenkins.plugins.bellhop.forge.UnreadablePayload;
import java.util.Optional;
import java.util.Set;

/** Who may do what in a repository. */
final class GitHubPeople implements ForgeApi.People {

    /** The role "maintain" is told as "write". */
    private static final Set<String> WRITING = Set.of("admin", "write");

    private final Calls calls;

    GitHubPeople(Calls calls) {
        this.calls = calls;
    }

    @Override
    public boolean mayWrite(RepositoryId repository, Author author) throws ForgeFailure {
        Need need = new Need(
                "show what " + author.described() + " may do in " + repository.name(), "Metadata: read", "repo");
        return calls.get(
                "/repos/" + repository.name() + "/collaborators/" + Calls.encoded(author.name()) + "/permission",
                need,
                answer -> WRITING.contains(answer.at("permission").text()) && isOf(author, answer.find("user")));
    }

    /** Somebody else may have taken the name. */
    private static boolean isOf(Author author, Optional<Json> user) throws UnreadablePayload {
        return user.isPresent() && Long.toString(user.get().at("id").number()).equals(author.id());
    }
}
