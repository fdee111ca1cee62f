package io.jenkins.plugins.bellhop.sandbox.github;

import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Requirement;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a route asks of a token. Scopes are those that the recorded exchanges and GitHub's scope table name; the
 * permission is the one of GitHub's permission table.
 *
 * @param permission of a fine-grained token; empty when any token will do
 * @param scopes of a classic token, any of which suffices
 * @param publicScopes more scopes that suffice for a public repository
 * @param openToPublic whether anybody may do this in a public repository, whatever the scopes
 * @param role what the token's account must be in the repository
 */
record Need(
        String permission,
        boolean writes,
        Set<String> scopes,
        Set<String> publicScopes,
        boolean openToPublic,
        Role role)
        implements Requirement {

    static final Need ANY_TOKEN = new Need("", false, Set.of(), Set.of(), true, Role.NONE);
    static final Need METADATA = new Need("metadata", false, Set.of("repo"), Set.of(), true, Role.READ);
    static final Need CONTENTS = new Need("contents", false, Set.of("repo"), Set.of(), true, Role.READ);
    static final Need PULLS = new Need("pull_requests", false, Set.of("repo"), Set.of(), true, Role.READ);
    static final Need READ_KEYS =
            new Need("administration", false, Set.of("repo"), Set.of("public_repo"), false, Role.ADMIN);
    static final Need WRITE_KEYS =
            new Need("administration", true, Set.of("repo"), Set.of("public_repo"), false, Role.ADMIN);
    static final Need READ_HOOKS = hooks(false, "admin:repo_hook", "read:repo_hook", "repo", "write:repo_hook");
    static final Need WRITE_HOOKS = hooks(true, "admin:repo_hook", "repo", "write:repo_hook");
    static final Need DELETE_HOOKS = hooks(true, "admin:repo_hook", "repo");
    static final Need READ_STATUSES =
            new Need("statuses", false, Set.of("repo", "repo:status"), Set.of(), true, Role.READ);
    static final Need WRITE_STATUSES =
            new Need("statuses", true, Set.of("repo", "repo:status"), Set.of("public_repo"), false, Role.WRITE);
    static final Need READ_USER_KEYS = userKeys(false, "admin:public_key", "read:public_key", "write:public_key");
    static final Need WRITE_USER_KEYS = userKeys(true, "admin:public_key", "write:public_key");
    static final Need DELETE_USER_KEYS = userKeys(true, "admin:public_key");

    @Override
    public void check(Call call) {
        call.target().ifPresentOrElse(repository -> check(call.token(), repository), () -> check(call.token()));
    }

    /** Refuses as GitHub does: what a token may not see isn't there. */
    private void check(AccessToken token, SandboxRepository repository) {
        Role held = repository.roleOf(token.login());
        if (held == Role.NONE) {
            throw Refused.notFound();
        }
        boolean open = openToPublic && !repository.isPrivate();
        if (token.kind() == AccessToken.Kind.PERMISSIONS) {
            if (!(open || permits(token)) || !held.atLeast(role)) {
                throw Refused.notAccessible();
            }
            return;
        }
        boolean scoped = token.hasAny(scopes) || !repository.isPrivate() && token.hasAny(publicScopes);
        if (!(open || scoped) || !held.atLeast(role)) {
            throw Refused.notFound();
        }
    }

    /** The same for what belongs to the token's own account. */
    private void check(AccessToken token) {
        if (permission.isEmpty()) {
            return;
        }
        if (token.kind() == AccessToken.Kind.PERMISSIONS) {
            if (!permits(token)) {
                throw Refused.notAccessible();
            }
        } else if (!token.hasAny(scopes)) {
            throw Refused.notFound();
        }
    }

    /** The header that names what would do: scopes for a classic token, permissions for a fine-grained one. */
    String accepted(AccessToken.Kind kind) {
        if (kind == AccessToken.Kind.PERMISSIONS) {
            return permission.isEmpty() ? "" : permission + "=" + (writes ? "write" : "read");
        }
        if (permission.equals("administration")) {
            // Recorded answers of the deploy key routes leave it empty.
            return "";
        }
        Set<String> all = new TreeSet<>(scopes);
        all.addAll(publicScopes);
        return String.join(", ", all);
    }

    private boolean permits(AccessToken token) {
        // Every fine-grained token may read metadata of the repositories it was given.
        return permission.equals("metadata")
                || token.hasAny(Set.of(permission + ":write"))
                || !writes && token.hasAny(Set.of(permission + ":read"));
    }

    private static Need hooks(boolean writes, String... scopes) {
        return new Need("repository_hooks", writes, Set.of(scopes), Set.of("public_repo"), false, Role.ADMIN);
    }

    private static Need userKeys(boolean writes, String... scopes) {
        return new Need("git_ssh_keys", writes, Set.of(scopes), Set.of(), false, Role.NONE);
    }
}
