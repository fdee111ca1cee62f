package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.Locale;

/** The JSON of people, projects, repositories, refs and commits, as the REST API and the webhooks show them. */
final class Shapes {

    /** Short ids have this many digits. */
    private static final int SHORT = 11;

    private final ForgeState forge;
    private final Names names;
    private final Dates dates;

    Shapes(ForgeState forge, Names names, Dates dates) {
        this.forge = forge;
        this.names = names;
        this.dates = dates;
    }

    ObjectNode user(String login) {
        Account account = forge.account(Names.personal(login) ? login.substring(1) : login);
        ObjectNode json = Json.object()
                .put("name", account.login())
                .put("emailAddress", account.email())
                .put("active", true)
                .put("displayName", account.login())
                .put("id", account.id())
                .put("slug", account.login().toLowerCase(Locale.ROOT))
                .put("type", "NORMAL");
        json.set("links", Names.self(names.page("~" + account.login())));
        return json;
    }

    ObjectNode project(String owner) {
        ObjectNode json = Json.object()
                .put("key", Names.key(owner))
                .put("id", forge.account(owner).id())
                .put("name", owner)
                .put("public", false)
                .put("type", Names.personal(owner) ? "PERSONAL" : "NORMAL");
        if (Names.personal(owner)) {
            json.set("owner", user(owner));
        }
        json.set("links", Names.self(names.page(owner)));
        return json;
    }

    ObjectNode repository(SandboxRepository repository) {
        return repository(repository, repository.owner(), repository.name());
    }

    /** A repository under a name that it may no longer have; a fork names its origin. */
    ObjectNode repository(SandboxRepository repository, String owner, String name) {
        ObjectNode json = Json.object()
                .put("slug", Names.slug(name))
                .put("id", repository.id())
                .put("name", name)
                .put("hierarchyId", hierarchy(repository))
                .put("scmId", "git")
                .put("state", "AVAILABLE")
                .put("statusMessage", "Available")
                .put("forkable", true)
                .put("archived", false);
        repository.parent().ifPresent(parent -> json.set("origin", repository(parent)));
        json.set("project", project(owner));
        json.put("public", !repository.isPrivate());
        json.set("links", names.links(repository));
        return json;
    }

    ObjectNode ref(SandboxRepository repository, String ref, String id) {
        String commit = commitId(repository, id);
        ObjectNode json = displayed(ref).put("latestCommit", commit).put("latestChangeset", commit);
        if (ref.startsWith("refs/tags/")) {
            return json.put("hash", commit.equals(id) ? null : id);
        }
        return json.put("isDefault", ref.equals("refs/heads/" + repository.defaultBranch()));
    }

    /** The names of a ref, without what it holds. */
    ObjectNode displayed(String ref) {
        return Json.object()
                .put("id", ref)
                .put("displayId", ref.replaceFirst("^refs/(heads|tags)/", ""))
                .put("type", ref.startsWith("refs/tags/") ? "TAG" : "BRANCH");
    }

    ObjectNode commit(CommitFacts commit) {
        ObjectNode json = pointer(commit.sha());
        json.set("author", user(commit.authorName()));
        json.set("authorTimestamp", dates.of(commit.time().toInstant()));
        json.set("committer", user(commit.authorName()));
        json.set("committerTimestamp", dates.of(commit.time().toInstant()));
        json.put("message", commit.message());
        json.set(
                "parents",
                Json.array(commit.parents().stream().map(Shapes::pointer).toList()));
        return json;
    }

    static ObjectNode pointer(String sha) {
        return Json.object().put("id", sha).put("displayId", sha.substring(0, SHORT));
    }

    private static String commitId(SandboxRepository repository, String id) {
        return repository.git().history().commit(id).map(CommitFacts::sha).orElse(id);
    }

    /** The same for a repository and all its forks. */
    private static String hierarchy(SandboxRepository repository) {
        SandboxRepository root = repository;
        while (root.parent().isPresent()) {
            root = root.parent().get();
        }
        return String.format(Locale.ROOT, "%020x", root.id());
    }
}
