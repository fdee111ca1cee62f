package io.jenkins.plugins.bellhop.contract;

import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudForge;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterForge;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.sandbox.ForgeKind;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** What differs between the forges as each port of theirs is called. */
enum Party {
    GITHUB(ForgeKind.GITHUB) {
        @Override
        Forge forge(SandboxForge sandbox, HttpClient http) {
            return GitHubForge.enterprise(sandbox.apiUrl(), http, Clock.systemUTC());
        }

        @Override
        String credential(SandboxForge sandbox) {
            return sandbox.createToken(OWNER, Set.of("repo", "admin:repo_hook", "admin:public_key"));
        }

        @Override
        String wrongCredential() {
            return "ghp_wrong";
        }

        /** GitHub's next pages and redirects name a repository by its number, which its description never does. */
        @Override
        String described(String path) {
            return path.replaceFirst("^/repositories/\\d+", "/repos/" + OWNER + "/" + REPOSITORY);
        }
    },
    BITBUCKET_CLOUD(ForgeKind.BITBUCKET_CLOUD) {
        @Override
        Forge forge(SandboxForge sandbox, HttpClient http) {
            return CloudForge.at(sandbox.apiUrl().getHost(), sandbox.apiUrl(), http, Clock.systemUTC());
        }

        @Override
        String credential(SandboxForge sandbox) {
            String email = OWNER + "@example.com";
            return email + ":"
                    + sandbox.createApiToken(
                            email,
                            "read:user:bitbucket",
                            "read:workspace:bitbucket",
                            "read:repository:bitbucket",
                            "admin:repository:bitbucket",
                            "read:pullrequest:bitbucket",
                            "read:webhook:bitbucket",
                            "write:webhook:bitbucket",
                            "delete:webhook:bitbucket",
                            "read:ssh-key:bitbucket",
                            "write:ssh-key:bitbucket",
                            "delete:ssh-key:bitbucket",
                            "admin:project:bitbucket");
        }

        @Override
        Optional<String> project() {
            return Optional.of(OWNER + "/SAND");
        }

        @Override
        String wrongCredential() {
            return OWNER + "@example.com:ATATT3xwrong";
        }
    },
    BITBUCKET_DC(ForgeKind.BITBUCKET_DC) {
        @Override
        Forge forge(SandboxForge sandbox, HttpClient http) {
            return DataCenterForge.at(sandbox.webUrl(), http, Clock.systemUTC());
        }

        @Override
        String credential(SandboxForge sandbox) {
            sandbox.createOrganization(OWNER);
            sandbox.addMember(OWNER, "admin", Role.ADMIN);
            return sandbox.createHttpAccessToken("admin", "REPO_ADMIN");
        }

        @Override
        Optional<String> project() {
            return Optional.of(OWNER);
        }

        @Override
        String wrongCredential() {
            return "BBDC-wrong";
        }

        @Override
        void makeOld(SandboxForge sandbox) {
            sandbox.dataCenter().installation().old(true);
        }
    };

    static final String OWNER = "acme";
    static final String REPOSITORY = "app";

    private final ForgeKind kind;

    Party(ForgeKind kind) {
        this.kind = kind;
    }

    ForgeKind kind() {
        return kind;
    }

    abstract Forge forge(SandboxForge sandbox, HttpClient http);

    /** Of somebody who may do everything that Bellhop ever asks for. */
    abstract String credential(SandboxForge sandbox);

    /** The owner's project, where projects have keys. */
    Optional<String> project() {
        return Optional.empty();
    }

    /** One that nobody has. */
    abstract String wrongCredential();

    /** The path under which the description has what was asked for. */
    String described(String path) {
        return path;
    }

    /** Turns the server into the oldest one that Bellhop works with, where there are old ones. */
    void makeOld(SandboxForge sandbox) {}
}
