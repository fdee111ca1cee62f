package io.jenkins.plugins.bellhop.jenkins.multibranch;

import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMSource;

/** Which repository a source reads: of the Git plugin, and of those that build on it, as GitHub's does; and of Bitbucket's. */
final class SourceRemote {

    private SourceRemote() {}

    /** Without user and password; empty for other kinds of sources, and for what is no repository on a server. */
    static Optional<RemoteUrl> of(SCMSource source) {
        try {
            return text(source).map(text -> RemoteUrl.parse(text).withoutCredentials());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(SCMSource source) {
        return source instanceof AbstractGitSCMSource git ? Optional.ofNullable(git.getRemote()) : bitbucket(source);
    }

    /** Bitbucket's source says so by halves. They are asked for by name, so that its plugin needn't be there. */
    private static Optional<String> bitbucket(SCMSource source) {
        try {
            return Optional.of(String.join(
                    "/", half("getServerUrl", source), half("getRepoOwner", source), half("getRepository", source)));
        } catch (ReflectiveOperationException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static String half(String getter, SCMSource source)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return (String) source.getClass().getMethod(getter).invoke(source);
    }
}
