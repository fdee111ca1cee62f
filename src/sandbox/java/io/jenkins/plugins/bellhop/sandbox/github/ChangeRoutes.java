package io.jenkins.plugins.bellhop.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.bellhop.sandbox.http.Answer;
import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Json;
import io.jenkins.plugins.bellhop.sandbox.rest.Route;
import io.jenkins.plugins.bellhop.sandbox.state.CommitFacts;
import io.jenkins.plugins.bellhop.sandbox.state.FileChange;
import io.jenkins.plugins.bellhop.sandbox.state.History;
import io.jenkins.plugins.bellhop.sandbox.state.PullRequest;
import io.jenkins.plugins.bellhop.sandbox.state.RefChange;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Locale;

/** What differs between commits, and who may change it. */
final class ChangeRoutes {

    private static final int MOST_FILES = 300;
    private static final int MOST_COMMITS = 250;

    private final Addresses addresses;
    private final Shapes shapes;

    ChangeRoutes(Addresses addresses, Shapes shapes) {
        this.addresses = addresses;
        this.shapes = shapes;
    }

    List<Route<Need>> ofRepositories() {
        return List.of(
                Route.of("GET", "/compare/{}", Need.CONTENTS, this::compare),
                Route.of("GET", "/pulls/{}/files", Need.PULLS, this::filesOfPull),
                Route.of("GET", "/collaborators/{}/permission", Need.METADATA, this::permission));
    }

    /** The files are those since the common ancestor; nothing in common is 404. */
    private Answer compare(Call call) {
        SandboxRepository repository = call.repository();
        History history = repository.git().history();
        String[] ends = call.variable(0).split("\\.\\.\\.", 2);
        if (ends.length < 2) {
            throw Refused.notFound();
        }
        CommitFacts base = history.commit(ends[0]).orElseThrow(Refused::notFound);
        CommitFacts head = history.commit(ends[1]).orElseThrow(Refused::notFound);
        String common = history.mergeBase(base.sha(), head.sha()).orElseThrow(Refused::notFound);
        List<CommitFacts> ahead = brought(history, common, head.sha());
        int behind = brought(history, common, base.sha()).size();
        String rest = addresses.rest(repository) + "/compare/" + call.variable(0);
        String page = addresses.page(repository) + "/compare/" + call.variable(0);
        ObjectNode json = Json.object()
                .put("url", rest)
                .put("html_url", page)
                .put("permalink_url", page)
                .put("diff_url", page + ".diff")
                .put("patch_url", page + ".patch");
        json.set("base_commit", shapes.commit(repository, base));
        json.set(
                "merge_base_commit",
                shapes.commit(repository, history.commit(common).orElseThrow()));
        json.put("status", status(ahead.size(), behind))
                .put("ahead_by", ahead.size())
                .put("behind_by", behind)
                .put("total_commits", ahead.size());
        json.set(
                "commits",
                Json.array(ahead.stream()
                        .limit(Answers.pageSize(call))
                        .map(commit -> shapes.commit(repository, commit))
                        .toList()));
        json.set(
                "files",
                Json.array(history.between(common, head.sha()).stream()
                        .limit(MOST_FILES)
                        .map(file -> file(repository, head.sha(), file))
                        .toList()));
        return call.ok(json);
    }

    private static List<CommitFacts> brought(History history, String before, String after) {
        return history.broughtBy(new RefChange("refs/heads/x", before, after, false), MOST_COMMITS);
    }

    private static String status(int ahead, int behind) {
        if (ahead > 0) {
            return behind > 0 ? "diverged" : "ahead";
        }
        return behind > 0 ? "behind" : "identical";
    }

    private Answer filesOfPull(Call call) {
        PullRequest pull = call.repository().pulls().all().stream()
                .filter(one -> one.number() == call.id(0))
                .findFirst()
                .orElseThrow(Refused::notFound);
        SandboxRepository base = pull.base();
        History history = base.git().history();
        String common = history.mergeBase(pull.baseSha(), pull.headSha()).orElseThrow(Refused::notFound);
        return Answers.page(
                call,
                history.between(common, pull.headSha()).stream()
                        .map(file -> file(base, pull.headSha(), file))
                        .toList());
    }

    private ObjectNode file(SandboxRepository repository, String commit, FileChange change) {
        String page = addresses.page(repository);
        int added = change.kind() == FileChange.Kind.REMOVED ? 0 : 1;
        int removed = change.kind() == FileChange.Kind.ADDED ? 0 : 1;
        return Json.object()
                .put("sha", commit)
                .put("filename", change.path())
                .put("status", change.kind().name().toLowerCase(Locale.ROOT))
                .put("additions", added)
                .put("deletions", removed)
                .put("changes", added + removed)
                .put("blob_url", page + "/blob/" + commit + "/" + change.path())
                .put("raw_url", page + "/raw/" + commit + "/" + change.path())
                .put("contents_url", addresses.rest(repository) + "/contents/" + change.path() + "?ref=" + commit);
    }

    /** Of an account that has no role of its own, what anybody may. */
    private Answer permission(Call call) {
        Role role = call.repository().roleOf(call.variable(0));
        String name = role.name().toLowerCase(Locale.ROOT);
        ObjectNode json = Json.object().put("permission", name).put("role_name", name);
        json.set("user", shapes.account(call.variable(0)));
        return call.ok(json);
    }
}
