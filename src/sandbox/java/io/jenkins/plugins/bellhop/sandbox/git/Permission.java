package io.jenkins.plugins.bellhop.sandbox.git;

import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.List;
import java.util.Optional;

/** Whether what a key opens includes a repository, and if not, which sentence says so. */
record Permission(Optional<SandboxRepository> repository, Optional<KeyGrant> grant, String refusal) {

    static Permission of(ForgeState forge, GitWording wording, List<KeyGrant> grants, GitRequest request) {
        // Old names keep working for git after a rename, as they do in the REST API.
        Optional<SandboxRepository> found =
                forge.repository(request.repository()).or(() -> forge.formerly(request.repository()));
        if (found.isEmpty()) {
            return refused(wording.notFound());
        }
        SandboxRepository repository = found.get();
        String refusal = wording.notFound();
        for (KeyGrant grant : grants) {
            refusal = refusal(wording, repository, grant, request.writes());
            if (refusal.isEmpty()) {
                return new Permission(found, Optional.of(grant), "");
            }
        }
        return refused(refusal);
    }

    boolean granted() {
        return grant.isPresent();
    }

    private static String refusal(GitWording wording, SandboxRepository repository, KeyGrant grant, boolean writes) {
        if (grant instanceof KeyGrant.OfRepository deploy) {
            if (deploy.repository() != repository) {
                return repository.isPrivate() ? wording.notFound() : wording.denied(repository, grant);
            }
            return writes && deploy.key().readOnly() ? wording.readOnly() : "";
        }
        Role role = repository.roleOf(grant.holder());
        if (role == Role.NONE) {
            return wording.notFound();
        }
        return writes && !role.atLeast(Role.WRITE) ? wording.denied(repository, grant) : "";
    }

    private static Permission refused(String sentence) {
        return new Permission(Optional.empty(), Optional.empty(), sentence);
    }
}
