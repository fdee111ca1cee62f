package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.DeployKey;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import io.jenkins.plugins.bellhop.sandbox.state.Status;
import io.jenkins.plugins.bellhop.sandbox.state.UserKey;

/** The JSON of accounts, repositories, keys, commits and statuses, as the REST API and the webhooks show them. */
final class Shapes {

    private final ForgeState forge;
    private final Addresses addresses;

    Shapes(ForgeState forge, Addresses addresses) {
        this.forge = forge;
        this.addresses = addresses;
    }

    ObjectNode account(String login) {
        Account account = forge.account(login);
        return Json.object()
                .put("login", account.login())
                .put("id", account.id())
                .put("node_id", nodeId("U", account.id()))
                .put("url", addresses.api() + "/users/" + account.login())
                .put("html_url", addresses.web() + "/" + account.login())
                .put("type", account.organization() ? "Organization" : "User")
                .put("site_admin", false);
    }

    ObjectNode organization(Account account) {
        return Json.object()
                .put("login", account.login())
                .put("id", account.id())
                .put("node_id", nodeId("O", account.id()))
                .put("url", addresses.api() + "/orgs/" + account.login());
    }

    /** A repository without the reader's permissions: the form inside webhooks and pull requests. */
    ObjectNode repository(SandboxRepository repository) {
        String rest = addresses.rest(repository);
        ObjectNode json = Json.object()
                .put("id", repository.id())
                .put("node_id", nodeId("R", repository.id()))
                .put("name", repository.name())
                .put("full_name", repository.fullName())
                .put("private", repository.isPrivate());
        json.set("owner", account(repository.owner()));
        return json.put("html_url", addresses.page(repository))
                .putNull("description")
                .put("fork", repository.parent().isPresent())
                .put("url", rest)
                .put("keys_url", rest + "/keys{/key_id}")
                .put("hooks_url", rest + "/hooks")
                .put("branches_url", rest + "/branches{/branch}")
                .put("tags_url", rest + "/tags")
                .put("git_refs_url", rest + "/git/refs{/sha}")
                .put("statuses_url", rest + "/statuses/{sha}")
                .put("commits_url", rest + "/commits{/sha}")
                .put("contents_url", rest + "/contents/{+path}")
                .put("pulls_url", rest + "/pulls{/number}")
                .put("created_at", Json.time(repository.createdAt()))
                .put("updated_at", Json.time(repository.createdAt()))
                .put("pushed_at", Json.time(repository.createdAt()))
                .put("git_url", "git://" + addresses.host() + "/" + repository.fullName() + ".git")
                .put("ssh_url", addresses.ssh(repository))
                .put("clone_url", addresses.page(repository) + ".git")
                .put("archived", false)
                .put("disabled", false)
                .put("visibility", repository.isPrivate() ? "private" : "public")
                .put("default_branch", repository.defaultBranch());
    }

    /** A repository as this reader gets it from the REST API. */
    ObjectNode repository(SandboxRepository repository, String reader) {
        ObjectNode json = repository(repository);
        json.set("permissions", permissions(repository.roleOf(reader)));
        repository.parent().ifPresent(parent -> json.set("parent", repository(parent)));
        if (repository.account().organization()) {
            json.set("organization", account(repository.owner()));
        }
        return json;
    }

    /** The older form inside push events: seconds instead of dates, and the page instead of the REST address. */
    ObjectNode pushedRepository(SandboxRepository repository) {
        ObjectNode json = repository(repository);
        ObjectNode owner = json.withObject("/owner");
        owner.put("name", repository.owner()).put("email", repository.account().email());
        long created = repository.createdAt().getEpochSecond();
        json.put("url", addresses.page(repository))
                .put("created_at", created)
                .put("pushed_at", created)
                .put("master_branch", repository.defaultBranch());
        if (repository.account().organization()) {
            json.put("organization", repository.owner());
        }
        return json;
    }

    ObjectNode deployKey(SandboxRepository repository, DeployKey key) {
        return Json.object()
                .put("id", key.id())
                .put("key", key.key().text())
                .put("url", addresses.rest(repository) + "/keys/" + key.id())
                .put("title", key.title())
                .put("verified", true)
                .put("created_at", Json.time(key.createdAt()))
                .put("read_only", key.readOnly())
                .put("added_by", key.addedBy())
                .put("last_used", Json.time(key.lastUsed()))
                .put("enabled", key.enabled());
    }

    ObjectNode userKey(UserKey key) {
        return Json.object()
                .put("id", key.id())
                .put("key", key.key().text())
                .put("url", addresses.api() + "/user/keys/" + key.id())
                .put("title", key.title())
                .put("verified", true)
                .put("created_at", Json.time(key.createdAt()))
                .put("read_only", false);
    }

    ObjectNode status(SandboxRepository repository, Status status) {
        ObjectNode json = Json.object()
                .put("url", addresses.rest(repository) + "/statuses/" + status.sha())
                .put("id", status.id())
                .put("node_id", nodeId("SC", status.id()))
                .put("state", status.state())
                .put("description", blankToNull(status.description()))
                .put("target_url", blankToNull(status.targetUrl()))
                .put("context", status.context())
                .put("created_at", Json.time(status.createdAt()))
                .put("updated_at", Json.time(status.createdAt()));
        json.set("creator", account(status.creator()));
        return json;
    }

    /** A commit as the REST API gives it. */
    ObjectNode commit(SandboxRepository repository, CommitFacts commit) {
        ObjectNode person = Json.object()
                .put("name", commit.authorName())
                .put("email", commit.authorEmail())
                .put("date", Json.time(commit.time().toInstant()));
        ObjectNode inner = Json.object();
        inner.set("author", person);
        inner.set("committer", person.deepCopy());
        inner.put("message", commit.message());
        inner.set("tree", Json.object().put("sha", commit.tree()));
        ObjectNode json = Json.object()
                .put("sha", commit.sha())
                .put("url", addresses.rest(repository) + "/commits/" + commit.sha())
                .put("html_url", addresses.page(repository) + "/commit/" + commit.sha());
        json.set("commit", inner);
        json.set(
                "parents",
                Json.array(commit.parents().stream()
                        .map(sha -> Json.object().put("sha", sha))
                        .toList()));
        return json;
    }

    private static ObjectNode permissions(Role role) {
        return Json.object()
                .put("admin", role.atLeast(Role.ADMIN))
                .put("maintain", role.atLeast(Role.ADMIN))
                .put("push", role.atLeast(Role.WRITE))
                .put("triage", role.atLeast(Role.WRITE))
                .put("pull", role.atLeast(Role.READ));
    }

    private static String nodeId(String kind, long id) {
        return kind + "_sandbox" + id;
    }

    private static String blankToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
