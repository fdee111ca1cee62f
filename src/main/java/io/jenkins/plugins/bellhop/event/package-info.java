/**
 * What can happen in a repository, as values that name no forge: repositories, refs, commits, pull requests and the
 * closed set of events. Everything here is immutable and valid by construction; nothing here does input or output.
 *
 * <p>Any package may use it; it uses none of ours. No parameter and no result is ever {@code null}: what may be absent
 * is an {@link java.util.Optional}.
 */
package io.jenkins.plugins.bellhop.event;
