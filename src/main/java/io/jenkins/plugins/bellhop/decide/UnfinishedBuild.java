package io.jenkins.plugins.bellhop.decide;

import io.jenkins.plugins.bellhop.event.CommitId;

/**
 * A build that only events asked for and that isn't finished.
 *
 * @param subject the key of what it builds, see {@link Subject#key}
 * @param arrival of the latest event that asked for it; arrivals compare as texts, the later one is greater
 * @param running whether it has begun; otherwise it waits in the queue
 */
public record UnfinishedBuild(String subject, CommitId commit, String arrival, boolean running) {}
