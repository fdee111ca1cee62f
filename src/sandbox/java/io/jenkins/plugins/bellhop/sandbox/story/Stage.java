package io.jenkins.plugins.bellhop.sandbox.story;

import io.jenkins.plugins.bellhop.forge.Forge;
import io.jenkins.plugins.bellhop.forge.bitbucketcloud.CloudForge;
import io.jenkins.plugins.bellhop.forge.bitbucketdc.DataCenterForge;
import io.jenkins.plugins.bellhop.forge.github.GitHubForge;
import io.jenkins.plugins.bellhop.sandbox.ForgeKind;
import io.jenkins.plugins.bellhop.sandbox.SandboxForge;
import io.jenkins.plugins.bellhop.sandbox.state.Role;
import io.jenkins.plugins.bellhop.sandbox.state.SandboxRepository;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Set;

/** What differs between the forges as the story is told for each. */
public enum Stage {
    GITHUB("GitHub", ForgeKind.GITHUB, "push", "success", true) {
        @Override
        public Forge forge(SandboxForge sandbox, HttpClient http) {
            return GitHubForge.enterprise(sandbox.apiUrl(), http, Clock.systemUTC());
        }

        @Override
        public SandboxRepository repository(SandboxForge sandbox) {
            return sandbox.createRepository("acme", "app", true);
        }

        @Override
        public String credential(SandboxForge sandbox) {
            return sandbox.createToken("acme", Set.of("repo", "admin:repo_hook"));
        }
    },
    BITBUCKET_CLOUD("Bitbucket Cloud", ForgeKind.BITBUCKET_CLOUD, "repo:push", "SUCCESSFUL", false) {
        @Override
        public Forge forge(SandboxForge sandbox, HttpClient http) {
            return CloudForge.at(sandbox.apiUrl().getHost(), sandbox.apiUrl(), http, Clock.systemUTC());
        }

        @Override
        public SandboxRepository repository(SandboxForge sandbox) {
            return sandbox.createRepository("acme", "app", true);
        }

        @Override
        public String credential(SandboxForge sandbox) {
            return "acme@example.com:"
                    + sandbox.createApiToken(
                            "acme@example.com",
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
    },
    BITBUCKET_DC("Bitbucket Data Center", ForgeKind.BITBUCKET_DC, "repo:refs_changed", "SUCCESSFUL", true) {
        @Override
        public Forge forge(SandboxForge sandbox, HttpClient http) {
            return DataCenterForge.at(sandbox.webUrl(), http, Clock.systemUTC());
        }

        @Override
        public SandboxRepository repository(SandboxForge sandbox) {
            sandbox.createOrganization("ACME");
            sandbox.addMember("ACME", "admin", Role.ADMIN);
            return sandbox.createRepository("ACME", "app", true);
        }

        @Override
        public String credential(SandboxForge sandbox) {
            return sandbox.createHttpAccessToken("admin", "REPO_ADMIN");
        }

        @Override
        public String strangersPlace() {
            return "~stranger";
        }
    };

    private final String title;
    private final ForgeKind kind;
    private final String pushEvent;
    private final String success;
    private final boolean buildsForks;

    Stage(String title, ForgeKind kind, String pushEvent, String success, boolean buildsForks) {
        this.title = title;
        this.kind = kind;
        this.pushEvent = pushEvent;
        this.success = success;
        this.buildsForks = buildsForks;
    }

    public abstract Forge forge(SandboxForge sandbox, HttpClient http);

    public abstract SandboxRepository repository(SandboxForge sandbox);

    /** As somebody would enter it in Jenkins. */
    public abstract String credential(SandboxForge sandbox);

    /** Where forks of the account "stranger" lie. */
    public String strangersPlace() {
        return "stranger";
    }

    public String title() {
        return title;
    }

    public ForgeKind kind() {
        return kind;
    }

    /** The forge's name of a push. */
    public String pushEvent() {
        return pushEvent;
    }

    /** The forge's word for a build that succeeded. */
    public String success() {
        return success;
    }

    /** Whether the deploy key opens what forks bring. */
    public boolean buildsForks() {
        return buildsForks;
    }
}
