package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.delivery.Secret;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import io.jenkins.plugins.bellhop.event.RepositoryName;
import java.util.Optional;

/**
 * One hosting service that Jenkins is configured to work with. A new kind of forge is one implementation of this interface
 * in a package of its own: a {@link Dialect} that reads its deliveries, a {@link ForgeApi} that calls its REST API (with
 * {@link Calls}, given a {@link Paging} and {@link Refusals}), and nothing else; the contract test of all forges says what
 * is expected of it.
 */
public interface Forge {

    /** Its host name, lower case, without port; every repository of it carries this host. */
    String host();

    /** What people call it: {@code GitHub}, {@code Bitbucket Data Center}. */
    String kind();

    /** Whether a remote, in whichever spelling, leads to this forge. */
    boolean owns(RemoteUrl remote);

    /**
     * The repository that a remote of this forge names.
     *
     * @throws IllegalArgumentException when it names none
     */
    default RepositoryName nameOf(RemoteUrl remote) {
        return remote.repositoryName();
    }

    /** An address of the repository that people may enter, and that {@link #nameOf} reads. */
    default String addressOf(RepositoryName name) {
        return "https://" + host() + "/" + name;
    }

    Dialect dialect();

    /**
     * The API with this credential; makes no call.
     *
     * @param credential a token, or {@code user:token} where the forge wants both
     * @throws ForgeFailure naming the kind of credential that is wanted when it can't be of that kind
     */
    ForgeApi api(Secret credential) throws ForgeFailure;

    /**
     * The ref of the base repository under which a pull request's head can be fetched, also one from a fork; absent where
     * a fork's commits are to be had from the fork alone.
     */
    Optional<String> pullRequestRef(long number);

    /**
     * The ref of the base repository under which the forge keeps what a pull request gives when it is merged: a merge commit
     * whose second parent is the pull request's head. Absent where it keeps none.
     */
    default Optional<String> mergeRef(long number) {
        return Optional.empty();
    }

    /** Whether a pushed annotated tag is told by the tag object's hash, and not by the commit's. */
    default boolean tellsTagObjects() {
        return false;
    }
}
