package io.jenkins.plugins.bellhop.sandbox.bitbucketcloud;

import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Requirement;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;

/**
 * What a route asks of a token, as Atlassian's API description says for each.
 *
 * @param scopes of a person's API token, all of which are wanted
 * @param formerScope the same for an access token, which has the names of before; empty where such a token is refused
 * @param role what the person must be in the repository
 */
record Need(List<String> scopes, String formerScope, Role role) implements Requirement {

    static final Need USER = new Need(List.of("read:user:bitbucket"), "account", Role.NONE);
    static final Need WORKSPACES = new Need(List.of("read:workspace:bitbucket"), "account", Role.NONE);
    static final Need LIST = new Need(List.of("read:repository:bitbucket"), "repository", Role.NONE);
    static final Need READ = new Need(List.of("read:repository:bitbucket"), "repository", Role.READ);
    static final Need PULLS = new Need(List.of("read:pullrequest:bitbucket"), "pullrequest", Role.READ);
    static final Need READ_KEYS = new Need(List.of("admin:repository:bitbucket"), "", Role.ADMIN);
    static final Need WRITE_KEYS =
            new Need(List.of("admin:repository:bitbucket", "write:ssh-key:bitbucket"), "", Role.ADMIN);
    static final Need DELETE_KEYS =
            new Need(List.of("admin:repository:bitbucket", "delete:ssh-key:bitbucket"), "", Role.ADMIN);
    static final Need READ_PROJECT_KEYS = new Need(List.of("admin:project:bitbucket"), "", Role.NONE);
    static final Need WRITE_PROJECT_KEYS =
            new Need(List.of("admin:project:bitbucket", "write:ssh-key:bitbucket"), "", Role.NONE);
    static final Need DELETE_PROJECT_KEYS =
            new Need(List.of("admin:project:bitbucket", "delete:ssh-key:bitbucket"), "", Role.NONE);
    static final Need READ_HOOKS = new Need(List.of("read:webhook:bitbucket"), "webhook", Role.ADMIN);
    static final Need WRITE_HOOKS =
            new Need(List.of("read:webhook:bitbucket", "write:webhook:bitbucket"), "webhook", Role.ADMIN);
    static final Need DELETE_HOOKS = new Need(List.of("delete:webhook:bitbucket"), "webhook", Role.ADMIN);
    static final Need READ_USER_KEYS = new Need(List.of("read:ssh-key:bitbucket"), "", Role.NONE);
    static final Need WRITE_USER_KEYS =
            new Need(List.of("read:ssh-key:bitbucket", "write:ssh-key:bitbucket"), "", Role.NONE);
    static final Need DELETE_USER_KEYS = new Need(List.of("delete:ssh-key:bitbucket"), "", Role.NONE);

    @Override
    public void check(Call call) {
        checkScopes(call.token());
        call.target().ifPresent(repository -> checkRole(call.token(), repository));
    }

    private void checkScopes(AccessToken token) {
        if (token.bound() && formerScope.isEmpty()) {
            throw Refused.wrongKindOfToken();
        }
        List<String> wanted = token.bound() ? List.of(formerScope) : scopes;
        if (!token.rights().containsAll(wanted)) {
            throw Refused.missingScopes(token.rights(), wanted);
        }
    }

    private void checkRole(AccessToken token, SandboxRepository repository) {
        Role held = held(token, repository);
        if (held == Role.NONE) {
            throw Refused.noAccess();
        }
        if (!held.atLeast(role)) {
            throw Refused.forbidden();
        }
    }

    /** An access token may do in its own repository whatever its scopes say. */
    private static Role held(AccessToken token, SandboxRepository repository) {
        if (token.bound()) {
            Role elsewhere = repository.isPrivate() ? Role.NONE : Role.READ;
            return token.reaches(repository) ? Role.ADMIN : elsewhere;
        }
        return repository.roleOf(token.login());
    }
}
