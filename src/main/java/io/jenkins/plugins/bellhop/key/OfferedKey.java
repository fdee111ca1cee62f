package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.RemoteUrl;

/** Which key was offered for a repository, to explain a failure by. */
public record OfferedKey(RemoteUrl repository, Fingerprint fingerprint) {}
