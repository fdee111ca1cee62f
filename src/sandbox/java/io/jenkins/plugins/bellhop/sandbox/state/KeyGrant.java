package io.jenkins.plugins.bellhop.sandbox.state;

/** What a known key opens: one repository or project (a deploy key) or everything of an account (a user key). */
public sealed interface KeyGrant {

    /** Whom the server greets: the repository's full name, or the login. */
    String holder();

    /** False for a deploy key that its organisation's policy switched off. */
    boolean enabled();

    record OfRepository(SandboxRepository repository, DeployKey key) implements KeyGrant {
        @Override
        public String holder() {
            return repository.fullName();
        }

        @Override
        public boolean enabled() {
            return key.enabled();
        }
    }

    /** A deploy key of a project, which opens all its repositories. */
    record OfOwner(Account owner, DeployKey key) implements KeyGrant {
        @Override
        public String holder() {
            return owner.login();
        }

        @Override
        public boolean enabled() {
            return key.enabled();
        }
    }

    record OfAccount(Account account, UserKey key) implements KeyGrant {
        @Override
        public String holder() {
            return account.login();
        }

        @Override
        public boolean enabled() {
            return true;
        }
    }
}
