package io.jenkins.plugins.bellhop.sandbox.git;

import io.jenkins.plugins.bellhop.sandbox.state.ForgeState;
import io.jenkins.plugins.bellhop.sandbox.state.KeyGrant;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether what a key opens includes a repository, and if not, which sentence says so. */
record Permission(Optional<SandboxRepository> repository, Optional<KeyGrant> grant, String refusal) {

    static Permission of(ForgeState forge, GitWording wording, List<KeyGrant> grants, GitRequest request) {
        if (grants.isEmpty()) {
            return refused(wording.unknown());
        }
        Optional<SandboxRepository> found =
                forge.repository(request.repository()).or(() -> forge.formerly(request.repository()));
        if (found.isEmpty()) {
            return refused(wording.notFound(request.repository(), grants.get(0)));
        }
        SandboxRepository repository = found.get();
        String refusal = "";
        // What a key says about this very repository outweighs what it says about others.
        for (KeyGrant grant : sorted(grants, repository)) {
            refusal = refusal(wording, repository, grant, request);
            if (refusal.isEmpty()) {
                return new Permission(found, Optional.of(grant), "");
            }
        }
        return refused(refusal);
    }

    boolean granted() {
        return grant.isPresent();
    }

    private static List<KeyGrant> sorted(List<KeyGrant> grants, SandboxRepository repository) {
        return grants.stream()
                .sorted(Comparator.comparing(grant -> concerns(grant, repository)))
                .toList();
    }

    private static boolean concerns(KeyGrant grant, SandboxRepository repository) {
        if (grant instanceof KeyGrant.OfOwner project) {
            return project.owner() == repository.account();
        }
        return grant instanceof KeyGrant.OfRepository deploy && deploy.repository() == repository;
    }

    private static String refusal(
            GitWording wording, SandboxRepository repository, KeyGrant grant, GitRequest request) {
        if (grant instanceof KeyGrant.OfAccount) {
            Role role = repository.roleOf(grant.holder());
            if (role == Role.NONE) {
                return wording.notFound(request.repository(), grant);
            }
            return request.writes() && !role.atLeast(Role.WRITE) ? wording.denied(repository, grant) : "";
        }
        if (!concerns(grant, repository)) {
            return repository.isPrivate()
                    ? wording.notFound(request.repository(), grant)
                    : wording.denied(repository, grant);
        }
        return request.writes() && readOnly(grant) ? wording.readOnly() : "";
    }

    private static boolean readOnly(KeyGrant grant) {
        if (grant instanceof KeyGrant.OfOwner project) {
            return project.key().readOnly();
        }
        return grant instanceof KeyGrant.OfRepository deploy && deploy.key().readOnly();
    }

    private static Permission refused(String sentence) {
        return new Permission(Optional.empty(), Optional.empty(), sentence);
    }
}
