package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.forge.CommitStatus.State;
import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudForge;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterForge;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.sandbox.ForgeKind;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the contract test has to know of each forge: how people come by credentials there, and its words for things. */
enum ContractForge {
    GITHUB(
            ForgeKind.GITHUB,
            "acme",
            "bob",
            "Administration: write",
            "ATATT3x-not-ours",
            "a Bitbucket Cloud API token") {
        @Override
        Forge at(SandboxForge sandbox, HttpClient http, Clock clock) {
            return GitHubForge.enterprise(sandbox.apiUrl(), http, clock);
        }

        @Override
        String administrator(SandboxForge sandbox) {
            return sandbox.createToken(owner(), Set.of("repo", "admin:repo_hook", "admin:public_key"));
        }

        @Override
        String reader(SandboxForge sandbox) {
            return sandbox.createFineGrainedToken(owner(), Set.of("metadata:read", "contents:read"));
        }

        @Override
        String word(State state) {
            return state.name().toLowerCase(Locale.ROOT);
        }
    },
    BITBUCKET_CLOUD(
            ForgeKind.BITBUCKET_CLOUD, "acme", "bob", "write:ssh-key:bitbucket", "ghp_not-ours", "a GitHub token") {
        @Override
        Forge at(SandboxForge sandbox, HttpClient http, Clock clock) {
            return CloudForge.at(sandbox.apiUrl().getHost(), sandbox.apiUrl(), http, clock);
        }

        @Override
        String administrator(SandboxForge sandbox) {
            return credential(
                    sandbox,
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
            return Optional.of("acme/SAND");
        }

        @Override
        String reader(SandboxForge sandbox) {
            return credential(sandbox, "read:repository:bitbucket");
        }

        private String credential(SandboxForge sandbox, String... scopes) {
            return "acme@example.com:" + sandbox.createApiToken("acme@example.com", scopes);
        }

        @Override
        String word(State state) {
            return switch (state) {
                case PENDING -> "INPROGRESS";
                case SUCCESS -> "SUCCESSFUL";
                case FAILURE -> "FAILED";
                case ERROR -> "STOPPED";
            };
        }
    },
    BITBUCKET_DC(ForgeKind.BITBUCKET_DC, "ACME", "~bob", "REPO_ADMIN", "github_pat_not-ours", "a GitHub token") {
        @Override
        Forge at(SandboxForge sandbox, HttpClient http, Clock clock) {
            return DataCenterForge.at(sandbox.webUrl(), http, clock);
        }

        @Override
        Optional<String> project() {
            return Optional.of(owner());
        }

        @Override
        void settle(SandboxForge sandbox) {
            sandbox.createOrganization(owner());
            sandbox.addMember(owner(), "admin", Role.ADMIN);
        }

        @Override
        String administrator(SandboxForge sandbox) {
            return sandbox.createHttpAccessToken("admin", "REPO_ADMIN");
        }

        @Override
        String reader(SandboxForge sandbox) {
            return sandbox.createHttpAccessToken("admin", "REPO_READ");
        }

        @Override
        String word(State state) {
            return state == State.ERROR ? "CANCELLED" : BITBUCKET_CLOUD.word(state);
        }
    },
    /** One that Bellhop doesn't know. */
    FOURTH(ForgeKind.GITHUB, "acme", "bob", "administration", "BBDC-not-ours", "Data Center HTTP access token") {
        @Override
        Forge at(SandboxForge sandbox, HttpClient http, Clock clock) {
            return new FourthForge(sandbox.apiUrl(), http, clock);
        }

        @Override
        String administrator(SandboxForge sandbox) {
            return GITHUB.administrator(sandbox);
        }

        @Override
        String reader(SandboxForge sandbox) {
            return GITHUB.reader(sandbox);
        }

        @Override
        String word(State state) {
            return GITHUB.word(state);
        }
    };

    private final ForgeKind kind;
    private final String owner;
    private final String stranger;
    private final String lacking;
    private final String foreign;
    private final String foreignWords;

    ContractForge(ForgeKind kind, String owner, String stranger, String lacking, String foreign, String foreignWords) {
        this.kind = kind;
        this.owner = owner;
        this.stranger = stranger;
        this.lacking = lacking;
        this.foreign = foreign;
        this.foreignWords = foreignWords;
    }

    abstract Forge at(SandboxForge sandbox, HttpClient http, Clock clock);

    /** A credential, as people would enter it, that may do everything in the owner's repositories. */
    abstract String administrator(SandboxForge sandbox);

    /** One that may read repositories and no more. */
    abstract String reader(SandboxForge sandbox);

    /** How the forge says it. */
    abstract String word(State state);

    /** Before the first repository is made. */
    void settle(SandboxForge sandbox) {
        // Most owners come with their first repository.
    }

    /** The owner's project, where projects have keys. */
    Optional<String> project() {
        return Optional.empty();
    }

    ForgeKind kind() {
        return kind;
    }

    String owner() {
        return owner;
    }

    /** The owner of forks. */
    String stranger() {
        return stranger;
    }

    /** What a reader must be told is missing when it adds a key. */
    String lacking() {
        return lacking;
    }

    /** A credential for another forge. */
    String foreign() {
        return foreign;
    }

    /** What it is. */
    String foreignWords() {
        return foreignWords;
    }
}
