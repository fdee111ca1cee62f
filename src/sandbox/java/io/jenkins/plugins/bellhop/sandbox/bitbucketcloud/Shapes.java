package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.state.Account;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The JSON of people, workspaces, repositories and commits, as the REST API and the webhooks show them. */
final class Shapes {

    /** Short hashes have this many digits, as all recorded pull requests show. */
    private static final int SHORT = 12;

    /** The key of a workspace's one project. */
    static final String PROJECT = "SAND";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private final ForgeState forge;
    private final Links links;

    Shapes(ForgeState forge, Links links) {
        this.forge = forge;
        this.links = links;
    }

    static String time(Instant instant) {
        return TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    static String time(OffsetDateTime time) {
        return SECONDS.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }

    ObjectNode user(String login) {
        Account account = forge.account(login);
        String uuid = Uuids.of(account);
        ObjectNode json = Json.object().put("display_name", account.login());
        ObjectNode addresses = links.selfAndPage(
                links.site().api() + "/users/" + Links.encoded(uuid),
                links.site().web() + "/" + Links.encoded(uuid) + "/");
        addresses.set("avatar", Links.href(links.site().web() + "/avatar/" + account.id()));
        json.set("links", addresses);
        return json.put("type", account.organization() ? "team" : "user")
                .put("uuid", uuid)
                .put("account_id", Uuids.atlassian(account))
                .put("nickname", account.login());
    }

    ObjectNode workspace(Account account) {
        String slug = Links.slug(account.login());
        ObjectNode json = Json.object()
                .put("type", "workspace")
                .put("uuid", Uuids.of(account))
                .put("name", account.login())
                .put("slug", slug);
        json.set(
                "links",
                links.selfAndPage(
                        links.site().api() + "/workspaces/" + slug, links.site().web() + "/" + slug + "/"));
        return json;
    }

    /** A repository where something else is the subject. */
    ObjectNode brief(SandboxRepository repository) {
        ObjectNode json = Json.object().put("type", "repository").put("full_name", Links.path(repository));
        json.set("links", links.brief(repository));
        return json.put("name", repository.name()).put("uuid", Uuids.of(repository));
    }

    /** The repository of a webhook, which names no default branch. */
    ObjectNode told(SandboxRepository repository) {
        ObjectNode json = brief(repository).put("scm", "git").putNull("website");
        json.set("owner", user(repository.owner()));
        json.set("workspace", workspace(repository.account()));
        json.put("is_private", repository.isPrivate());
        json.set("project", project(repository));
        json.set("parent", repository.parent().map(this::brief).orElse(null));
        return json;
    }

    /** A repository as the REST API gives it; an empty one has no main branch. */
    ObjectNode full(SandboxRepository repository) {
        ObjectNode json = told(repository);
        json.set("links", links.full(repository));
        boolean empty = repository.git().refs("refs/heads/").isEmpty();
        json.set(
                "mainbranch",
                empty ? null : Json.object().put("type", "branch").put("name", repository.defaultBranch()));
        return json.put("slug", Links.slug(repository.name()))
                .put("description", "")
                .put("language", "")
                .put("fork_policy", repository.isPrivate() ? "no_public_forks" : "allow_forks")
                .put("has_issues", false)
                .put("has_wiki", false)
                .put("size", 4096)
                .put("created_on", time(repository.createdAt()))
                .put("updated_on", time(repository.createdAt()));
    }

    /** A branch or tag with the commit it leads to; an annotated tag has the type of any other, and a message. */
    ObjectNode ref(SandboxRepository repository, String ref, String id) {
        boolean tag = ref.startsWith("refs/tags/");
        String name = ref.replaceFirst("^refs/(heads|tags)/", "");
        CommitFacts commit = repository.git().history().commit(id).orElseThrow();
        ObjectNode json = Json.object().put("name", name).put("type", tag ? "tag" : "branch");
        String rest = links.api(repository);
        String kind = tag ? "/refs/tags/" : "/refs/branches/";
        ObjectNode addresses = links.selfAndPage(
                rest + kind + name, links.page(repository) + (tag ? "/commits/tag/" : "/branch/") + name);
        addresses.set("commits", Links.href(rest + "/commits/" + name));
        json.set("links", addresses);
        if (tag) {
            boolean annotated = !commit.sha().equals(id);
            json.put("message", annotated ? "Tag " + name + "\n" : null)
                    .put("date", annotated ? time(commit.time()) : null)
                    .putNull("tagger");
        } else {
            json.put("default_merge_strategy", "merge_commit");
        }
        json.set("target", commit(repository, commit));
        return json;
    }

    ObjectNode commit(SandboxRepository repository, CommitFacts commit) {
        ObjectNode json =
                Json.object().put("type", "commit").put("hash", commit.sha()).put("date", time(commit.time()));
        ObjectNode author =
                Json.object().put("type", "author").put("raw", commit.authorName() + " <" + commit.authorEmail() + ">");
        author.set("user", user(commit.authorName()));
        json.set("author", author);
        json.put("message", commit.message());
        json.set("summary", rendered(commit.message()));
        json.set("links", links.commit(repository, commit.sha()));
        json.set(
                "parents",
                Json.array(commit.parents().stream()
                        .map(sha -> commit(repository, sha))
                        .toList()));
        return json;
    }

    /** A commit that is only pointed at. */
    ObjectNode commit(SandboxRepository repository, String hash) {
        ObjectNode json = Json.object().put("type", "commit").put("hash", hash);
        json.set("links", links.commit(repository, hash));
        return json;
    }

    static String shortHash(String sha) {
        return sha.substring(0, SHORT);
    }

    static ObjectNode rendered(String text) {
        return Json.object()
                .put("type", "rendered")
                .put("raw", text)
                .put("markup", "markdown")
                .put("html", "<p>" + text.strip() + "</p>");
    }

    private ObjectNode project(SandboxRepository repository) {
        return project(repository.account());
    }

    /** The one that a workspace has here. */
    ObjectNode project(Account account) {
        ObjectNode json = Json.object()
                .put("type", "project")
                .put("key", PROJECT)
                .put("uuid", Uuids.of(account))
                .put("name", "Sandbox");
        String workspace = Links.slug(account.login());
        json.set(
                "links",
                links.selfAndPage(
                        links.site().api() + "/workspaces/" + workspace + "/projects/" + PROJECT,
                        links.site().web() + "/" + workspace + "/workspace/projects/" + PROJECT));
        return json;
    }
}
