package io.jenkins.plugins.bellhop.sandbox.bitbucketdc;

import io.jenkins.plugins.bellhop.sandbox.rest.Call;
import io.jenkins.plugins.bellhop.sandbox.rest.Requirement;
import io.jenkins.plugins.bellhop.sandbox.state.AccessToken;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;

/** The permission that a route asks for, of the token and of its owner alike. */
enum Need implements Requirement {
    /** Any valid token. */
    LOGIN(Role.NONE),
    READ(Role.READ),
    WRITE(Role.WRITE),
    ADMIN(Role.ADMIN);

    private final Role role;

    Need(Role role) {
        this.role = role;
    }

    @Override
    public void check(Call call) {
        Role held =
                call.target().map(repository -> held(call.token(), repository)).orElseGet(() -> granted(call.token()));
        if (!held.atLeast(role)) {
            throw Refused.notPermitted();
        }
    }

    /** What the token allows in a repository: never more than its owner has, if it is a person's. */
    static Role held(AccessToken token, SandboxRepository repository) {
        Role open = repository.isPrivate() ? Role.NONE : Role.READ;
        if (token.bound()) {
            return token.reaches(repository) ? granted(token) : open;
        }
        return lower(granted(token), repository.roleOf(token.login()));
    }

    /** The last part of {@code REPO_ADMIN} or {@code PROJECT_READ}. */
    static Role granted(AccessToken token) {
        return token.rights().stream()
                .map(right -> Role.valueOf(right.substring(right.lastIndexOf('_') + 1)))
                .max(Role::compareTo)
                .orElse(Role.NONE);
    }

    static Role lower(Role one, Role other) {
        return one.atLeast(other) ? other : one;
    }
}
