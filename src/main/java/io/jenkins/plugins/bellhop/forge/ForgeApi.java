package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.Author;
import io.jenkins.plugins.bellhop.event.ChangedFiles;
import io.jenkins.plugins.bellhop.event.CommitId;
import io.jenkins.plugins.bellhop.event.GitRef;
import io.jenkins.plugins.bellhop.event.PullRequest;
import io.jenkins.plugins.bellhop.event.RepositoryId;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A forge's REST API with somebody's credential, split by what callers need. Every method may block for as long as
 * {@link RestClient} allows, and throws {@link ForgeFailure} with a sentence for people when it can't do what it says.
 */
public interface ForgeApi {

    Repositories repositories();

    Refs refs();

    DeployKeys deployKeys();

    Hooks hooks();

    PullRequests pullRequests();

    Changes changes();

    People people();

    Statuses statuses();

    UserKeys userKeys();

    /** Where the forge has no such keys, every call is refused. */
    default ProjectKeys projectKeys() {
        return new NoProjectKeys();
    }

    /** Reading repositories. */
    interface Repositories {
        /** Follows renames where the forge does: the answer carries today's name. */
        RepositoryFacts read(RepositoryName name) throws ForgeFailure;

        /**
         * The very repository that has this id, whatever it is called today. One that merely took its old name isn't
         * mistaken for it: that is {@link ForgeFailure.Kind#NOT_FOUND}.
         */
        RepositoryFacts current(RepositoryId repository) throws ForgeFailure;

        /**
         * Fails when the credential may not add and remove the repository's keys and hooks, as far as the forge tells that
         * before it is tried; many tokens tell nothing. Reading keys and hooks is another matter.
         */
        default void requireConnecting(RepositoryId repository) throws ForgeFailure {}

        /**
         * Those that the credential's owner administers, and so can connect; by name.
         *
         * @param most repositories that the forge lists first are looked at; others are left out
         */
        List<RepositoryName> administered(int most) throws ForgeFailure;
    }

    /** A repository's branches and commits. */
    interface Refs {
        /** The branches and where they point. */
        Map<GitRef, CommitId> branches(RepositoryId repository) throws ForgeFailure;

        /** The tags and the commits that they stand for. */
        Map<GitRef, CommitId> tags(RepositoryId repository) throws ForgeFailure;

        /** The commit that an abbreviated hash, or the hash of an annotated tag, stands for. */
        CommitId commit(RepositoryId repository, CommitId hash) throws ForgeFailure;

        /** What the commit, or the one that a tag's hash stands for, says. */
        String message(RepositoryId repository, CommitId hash) throws ForgeFailure;
    }

    /** A repository's deploy keys. */
    interface DeployKeys {
        List<DeployKey> list(RepositoryId repository) throws ForgeFailure;

        /** Adds a key that may only read. A key that is there already is not added twice but answered. */
        DeployKey addReadOnly(RepositoryId repository, String title, String publicLine) throws ForgeFailure;

        /** A key that is gone already counts as removed. */
        void remove(RepositoryId repository, String keyId) throws ForgeFailure;
    }

    /** Deploy keys of whole projects: they open every repository in it, also those that come later. */
    interface ProjectKeys {
        /** @param project as the forge's kind writes it: a Data Center's key, Bitbucket Cloud's {@code workspace/KEY} */
        List<DeployKey> list(String project) throws ForgeFailure;

        /** Adds a key that may only read. A key that is there already is not added twice but answered. */
        DeployKey addReadOnly(String project, String title, String publicLine) throws ForgeFailure;

        /** A key that is gone already counts as removed. */
        void remove(String project, String keyId) throws ForgeFailure;
    }

    /** A repository's webhooks. */
    interface Hooks {
        List<Hook> list(RepositoryId repository) throws ForgeFailure;

        /** Registers a hook for pushes, pull requests and renames. */
        Hook register(RepositoryId repository, URI url, Secret secret) throws ForgeFailure;

        /** The events without which Bellhop misses something; every server of this kind knows them. */
        Set<String> wantedEvents();

        /** What the hook sent last; empty when it sent nothing, or the forge doesn't tell. */
        Optional<LastDelivery> lastDelivery(RepositoryId repository, Hook hook) throws ForgeFailure;

        /** From now on the forge signs the hook's deliveries with this secret; nothing else about the hook changes. */
        void changeSecret(RepositoryId repository, Hook hook, Secret secret) throws ForgeFailure;

        /** A hook that is gone already counts as removed. */
        void remove(RepositoryId repository, String hookId) throws ForgeFailure;

        /**
         * What the hook could not deliver after this moment, nor when it was sent again, of the newest deliveries; the newest
         * first. Nothing where the forge keeps no such list.
         */
        default List<FailedDelivery> failedSince(RepositoryId repository, String hookId, Instant moment)
                throws ForgeFailure {
            return List.of();
        }
    }

    /** A repository's pull requests. */
    interface PullRequests {
        /** Those that come from this branch of the repository itself. */
        List<PullRequest> openFrom(RepositoryId repository, String branch) throws ForgeFailure;

        /** All of them, those from forks included. */
        List<PullRequest> open(RepositoryId repository) throws ForgeFailure;

        /** The pull request of this number if it was closed or merged; empty when it is open, or there is none to be seen. */
        Optional<PullRequest> closed(RepositoryId repository, long number) throws ForgeFailure;
    }

    /** Which files commits change. */
    interface Changes {
        /** What differs between two commits of a branch, wherever one lies in the other's history. */
        ChangedFiles between(RepositoryId repository, CommitId before, CommitId after) throws ForgeFailure;

        /** What a pull request of the repository itself changes in its target. */
        ChangedFiles of(RepositoryId repository, PullRequest pullRequest) throws ForgeFailure;
    }

    /** Who may do what in a repository. */
    interface People {
        /** Whether the account may push, by whatever right. */
        boolean mayWrite(RepositoryId repository, Author author) throws ForgeFailure;
    }

    /** Statuses of commits. */
    interface Statuses {
        void post(RepositoryId repository, CommitId commit, CommitStatus status) throws ForgeFailure;
    }

    /** The SSH keys of the credential's owner, which open whatever the owner may open. */
    interface UserKeys {
        /** What the forge calls the credential's owner. */
        String owner() throws ForgeFailure;

        List<UserKey> list() throws ForgeFailure;

        /**
         * Fails when the credential may not add and remove keys, as far as the forge tells that before it is tried; where it
         * doesn't, reading them has to do.
         */
        default void requireChanging() throws ForgeFailure {
            list();
        }

        UserKey add(String title, String publicLine) throws ForgeFailure;

        /** A key that is gone already counts as removed. */
        void remove(String keyId) throws ForgeFailure;
    }
}
